// The bundles that the Python package carries: `node build.js [another folder to write them under]`.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = process.argv[2] ?? join(here, "..");
const BUNDLES = {
  "src/main.ts": "src/consilience/tell/templates/dossier.js",
  "src/desk.ts": "src/consilience/web/static/desk.js",
};

// A dossier travels alone, so the terms of what is bundled travel in it, each text once.
const terms = (inputs) => {
  const names = inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  const namesByText = new Map();
  for (const name of [...new Set(names)].sort()) {
    const text = readFileSync(join(here, "node_modules", name, "LICENSE"), "utf8").trim();
    namesByText.set(text, [...(namesByText.get(text) ?? []), name]);
  }
  return [...namesByText].map(([text, among]) => `/*! ${among.join(", ")}\n${text}\n*/\n`).join("");
};

for (const [entry, output] of Object.entries(BUNDLES)) {
  if (!existsSync(join(here, entry))) continue;
  const settings = {
    entryPoints: [entry],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  };
  const { metafile } = await build({ ...settings, write: false });
  const inputs = Object.values(metafile.outputs).flatMap((o) => Object.keys(o.inputs));
  await build({ ...settings, outfile: join(out, output), banner: { js: terms(inputs) } });
}
