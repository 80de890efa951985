"""What an analyst says of a case: found in its last dossier, kept by the words it hangs on."""
