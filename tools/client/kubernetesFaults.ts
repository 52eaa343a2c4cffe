import { STATUS_CODES } from "node:http";
import { type Description, oneLine } from "../cli/errors";
import { type ErrorFields, fieldsOf } from "./errorFields";

/** What an answer of the Kubernetes API means; `undefined` for errors of another kind. */
export function kubernetesFault({ code, body }: ErrorFields): Description | undefined {
    // A process that failed has its exit code there.
    if (typeof code !== "number" || code < 400) {
        return undefined;
    }
    // 403 and the like: the API server's sentence already says who may not do what.
    const reason = messageOf(body) ?? STATUS_CODES[code] ?? "no reason given";
    return { message: `Kubernetes answered ${code}: ${reason}` };
}

/** The sentence of the API server, which the client library buries in JSON. */
function messageOf(body: unknown): string | undefined {
    try {
        const status: unknown = typeof body === "string" ? JSON.parse(body) : body;
        const { message } = fieldsOf(status);
        return typeof message === "string" ? oneLine(message) : undefined;
    } catch {
        return undefined;
    }
}
