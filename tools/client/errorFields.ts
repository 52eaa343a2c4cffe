import { UserError } from "../cli/errors";

/** The fields that the errors of kafkajs, Node and the Kubernetes client are told apart by. */
export interface ErrorFields {
    readonly name?: string;
    readonly message?: string;
    readonly code?: string | number;
    readonly type?: string;
    readonly broker?: string;
    readonly cause?: unknown;
    readonly errors?: readonly unknown[];
    readonly error?: unknown;
    readonly body?: unknown;
}

/** The fields of whatever was thrown. */
export function fieldsOf(error: unknown): ErrorFields {
    return typeof error === "object" && error !== null ? error : {};
}

/** The error that matters: kafkajs wraps it in one that says how often it was retried. */
export function rootCause(error: unknown): unknown {
    const { cause, errors } = fieldsOf(error);
    if (error instanceof UserError) {
        return error;
    }
    const inner = cause ?? errors?.[0];
    return inner === undefined ? error : rootCause(inner);
}

/** What of an error tells its cause: the broker's address, the code of a socket's or TLS's error, and its class. */
export function faultOf(error: unknown): Pick<ErrorFields, "name" | "broker" | "code"> {
    const { name, broker, code } = fieldsOf(rootCause(error));
    return { name, broker, code };
}

/** Name of Kafka's answer, such as `TOPIC_ALREADY_EXISTS`; `undefined` when the error is none. */
export function kafkaAnswer(error: unknown): string | undefined {
    return fieldsOf(rootCause(error)).type;
}
