import { stripVTControlCharacters } from "node:util";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Report } from "./engine";
import { DemoError } from "./errors";

/** Pulumi's own marks for colours, which are in every message. */
const COLOUR_MARK = /<\{%[^%]*%\}>/g;

/** What is done to a resource, by Pulumi's name for it; the rest changes nothing. */
const DOINGS: Readonly<Record<string, string>> = {
    create: "being created",
    "create-replacement": "being created anew",
    update: "being updated",
    delete: "being deleted",
    "delete-replaced": "being deleted to be created anew",
};

/** What the Kubernetes provider says when it waits for nothing. */
const NOTHING_TO_WAIT_FOR = "Skipping await logic";

/** What matters of the events of an update for someone who waits for it. */
export class UpdateLog {
    private readonly errors: string[] = [];

    constructor(private readonly report: Report) {}

    /** Reports what an event says, if anything. */
    add({ diagnosticEvent, resourcePreEvent }: EngineEvent): void {
        if (resourcePreEvent !== undefined) {
            const { op, urn } = resourcePreEvent.metadata;
            const [doing, subject] = [DOINGS[op], resourceOf(urn)];
            // What is retained only leaves Pulumi's state.
            const isKept = op === "delete" && resourcePreEvent.metadata.old?.retainOnDelete;
            if (doing !== undefined && subject !== "" && !isKept) {
                this.report(`${subject}: ${doing}`);
            }
        }
        if (diagnosticEvent === undefined) {
            return;
        }
        const { urn = "", severity, message } = diagnosticEvent;
        const subject = resourceOf(urn);
        const about = (said: string) => (subject === "" ? said : `${subject}: ${said}`);
        const text = linesOf(message).join(" ");
        if (severity === "error") {
            this.errors.push(about(essence(message)));
        } else if (severity === "info" && text !== "" && text !== NOTHING_TO_WAIT_FOR) {
            this.report(about(text));
        }
    }

    /** What went wrong, as one error; `undefined` when the events do not tell. */
    error(): DemoError | undefined {
        // The last one only says that there was one.
        const [first] = this.errors;
        if (first === undefined) {
            return undefined;
        }
        const noPlugin = /resource plugin/.test(first) && /download|install|find/.test(first);
        return new DemoError(
            first,
            noPlugin
                ? "Pulumi's Kubernetes provider can't be downloaded: npm run lab -- engine builds it, --engine kubectl does without"
                : "set right what it names, then run the demo again: it goes on where it stopped",
        );
    }
}

/** Kind and name of the Kubernetes object behind a URN: `StatefulSet kafka-brokers-statefulset`; else nothing. */
function resourceOf(urn: string): string {
    const [, , type = "", name = ""] = urn.split("::");
    const own = type.split("$").at(-1) ?? "";
    return own.startsWith("kubernetes:") ? `${own.split(":").at(-1)} ${name}` : "";
}

function linesOf(message: string): string[] {
    return stripVTControlCharacters(message)
        .replace(COLOUR_MARK, "")
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
}

/** What went wrong and its details, without the URN and the general advice that the provider adds. */
function essence(message: string): string {
    const [first = "", ...others] = linesOf(message);
    const details = others.filter((line) => line.startsWith("* ")).map((line) => line.slice(2));
    return [
        first.replace(/^resource "urn:.*?" was not successfully /, "was not "),
        ...details,
    ].join("; ");
}
