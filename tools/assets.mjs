// Makes the built assets: site.css and administration.css with their fonts, icons.svg, htmx.min.js, and the print fonts. Run by tools/assets.sh.
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const built = resolve(root, process.argv[2]);
const packages = join(root, "node_modules");
const source = join(root, "motcua/web/static_source");

mkdirSync(join(built, "fonts"), { recursive: true });

await styleSheet("site");
await styleSheet("administration");
iconSprite();
cpSync(join(packages, "htmx.org/dist/htmx.min.js"), join(built, "htmx.min.js"));
printFonts();

async function styleSheet(name) {
  const compiled = sass.compile(join(source, `scss/${name}.scss`), {
    loadPaths: [packages],
    importers: [{ findFileUrl: (url) => (url.startsWith("govuk-frontend/") ? pathToFileURL(join(packages, url)) : null) }],
    quietDeps: true,
  });
  await esbuild.build({
    stdin: { contents: compiled.css, loader: "css", resolveDir: root },
    outfile: join(built, `${name}.css`),
    assetNames: "fonts/[name]-[hash]",
    bundle: true,
    minify: true,
    target: ["chrome111", "firefox113", "safari16.4"],
    loader: { ".woff2": "file" },
    logLevel: "warning",
  });
}

// Exactly the icons used: those named in templates, and those Python chooses by a table (static_source/icons.txt).
function iconSprite() {
  const symbols = iconNames().map((name) => {
    const svg = readFileSync(join(packages, "lucide-static/icons", `${name}.svg`), "utf8");
    const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").replace(/\s+/g, " ").trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
  writeFileSync(join(built, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
}

function iconNames() {
  const listed = readFileSync(join(source, "icons.txt"), "utf8").split(/\s+/).filter((word) => /^[a-z0-9-]+$/.test(word));
  const templates = readdirSync(join(root, "motcua/web/templates"), { recursive: true })
    .filter((name) => name.endsWith(".html"))
    .map((name) => readFileSync(join(root, "motcua/web/templates", name), "utf8"));
  const named = templates.flatMap((text) => [...text.matchAll(/\bicon(?:_name)?(?:[ =]|\|default:)"([a-z0-9-]+)"/g)].map((m) => m[1]));
  return [...new Set([...listed, ...named])].sort();
}

// typst reads these four by path when it draws a slip: motcua/documents/pdf.py.
function printFonts() {
  for (const style of ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"]) {
    const file = `Tinos_${style}.ttf`;
    cpSync(join(packages, "@expo-google-fonts/tinos", style, file), join(built, "fonts", file));
  }
}
