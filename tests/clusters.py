"""A real Spark cluster on this machine: a master and workers of one core each."""

import importlib.util
import shutil


def missing_for_spark() -> str:
    """Why no test of Spark can run here, if none can; with CI set they must."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed"
    return "" if shutil.which("java") else "no Java runtime is installed"
