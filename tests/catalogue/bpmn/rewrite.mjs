// Reads a BPMN file with bpmn-moddle, says what it complains of, and writes the file again: node rewrite.mjs IN OUT
import { readFileSync, writeFileSync } from "node:fs";
import { BpmnModdle } from "bpmn-moddle";

const [source, target] = process.argv.slice(2);
const moddle = new BpmnModdle();
const { rootElement, warnings } = await moddle.fromXML(readFileSync(source, "utf8"));
writeFileSync(target, (await moddle.toXML(rootElement, { format: true })).xml);
console.log(JSON.stringify({ type: rootElement.$type, warnings: warnings.map((warning) => warning.message) }));
