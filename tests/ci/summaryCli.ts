import { cpus, loadavg } from "node:os";
import { readSteps } from "./steps";
import { summaryText, totalOf } from "./summary";

const [directory] = process.argv.slice(2);
if (directory === undefined) {
    throw new Error("expected the directory with the notes of .ci/run");
}
const steps = readSteps(directory);
console.log(summaryText(steps, cpus().length, loadavg()));
process.exitCode = totalOf(steps).failed === 0 ? 0 : 1;
