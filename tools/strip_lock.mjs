// Takes every address out of package-lock.json: npm copies the funding pages of packages into it, and our locks hold none.
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
for (const entry of Object.values(lock.packages)) {
  delete entry.funding;
  delete entry.resolved;
  if (entry.deprecated?.includes("://")) delete entry.deprecated;
}
writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
