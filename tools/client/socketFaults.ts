import { type Description, oneLine } from "../cli/errors";
import { type ErrorFields, fieldsOf } from "./errorFields";

/** What a socket's error code says about an address. */
const REASONS: Readonly<Record<string, string>> = {
    ENOTFOUND: "the name does not resolve",
    EAI_AGAIN: "the name does not resolve (the DNS server does not answer)",
    ECONNREFUSED: "connection refused: nothing listens on this port",
    ECONNRESET: "the connection was reset",
    EPIPE: "the connection was closed",
    ETIMEDOUT: "no answer: a firewall, a security group or a wrong address",
    EHOSTUNREACH: "no route to this address",
    ENETUNREACH: "no route to this address",
};

/** Why an address can't be reached, from the error of a socket. */
export function whyUnreachable(error: unknown): string {
    const { code, message } = fieldsOf(error);
    const known = typeof code === "string" ? REASONS[code] : undefined;
    if (known !== undefined) {
        return known;
    }
    return message === undefined || /timeout/i.test(message)
        ? REASONS.ETIMEDOUT!
        : oneLine(message.replace(/^Connection error: /, ""));
}

/** What an error of a socket means; `undefined` for errors of another kind. */
export function socketFault({ code, message }: ErrorFields): Description | undefined {
    return typeof code === "string" && code in REASONS
        ? { message: `${REASONS[code]} (${oneLine(message ?? code)})` }
        : undefined;
}
