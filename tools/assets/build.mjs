// Make what pages load from packages: two bundles, one sprite of icons, one font, their licences.
// Run by tools/assets.sh, after the packages are there.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const packages = join(root, "node_modules");
const vendor = join(root, "src", "attain", "ui", "static", "vendor");
const licences = join(vendor, "licences");

/** Icons that lie in tools/assets/icons.txt, as symbols of one file. */
async function sprite() {
  const names = (await readFile(join(here, "icons.txt"), "utf8")).split(/\s+/).filter(Boolean);
  const symbols = await Promise.all(names.map(symbol));
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  await writeFile(join(vendor, "icons.svg"), text);
}

async function symbol(name) {
  const file = join(packages, "@tabler", "icons", "icons", "outline", `${name}.svg`);
  const drawing = (await readFile(file, "utf8"))
    .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${drawing}</symbol>`;
}

/** A module of ours with the parts of packages that it imports. */
async function bundle(name) {
  await build({
    entryPoints: [join(here, `${name}.mjs`)],
    outfile: join(vendor, `${name}.js`),
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    // No address of a source map: static files are served under hashed names, and maps are not.
    sourcemap: false,
    legalComments: "none",
    logLevel: "warning",
  });
}

async function take(from, to) {
  await copyFile(join(packages, from), to);
}

await rm(vendor, { recursive: true, force: true });
await mkdir(licences, { recursive: true });
await mkdir(join(root, "build"), { recursive: true });
await Promise.all([
  sprite(),
  bundle("echarts"),
  bundle("codemirror"),
  take("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", join(vendor, "inter.woff2")),
  take("@fontsource-variable/inter/LICENSE", join(licences, "inter.txt")),
  take("@tabler/icons/LICENSE", join(licences, "tabler-icons.txt")),
  take("echarts/LICENSE", join(licences, "echarts.txt")),
  take("echarts/NOTICE", join(licences, "echarts-notice.txt")),
  take("zrender/LICENSE", join(licences, "zrender.txt")),
  take("@codemirror/view/LICENSE", join(licences, "codemirror.txt")),
  take("@lezer/common/LICENSE", join(licences, "lezer.txt")),
  // What judges our pages in tests; nothing of it ships.
  take("axe-core/axe.min.js", join(root, "build", "axe.min.js")),
]);
