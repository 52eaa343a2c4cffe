import { STATUS_CODES } from "node:http";
import { tlsFault } from "../client/tlsFaults";

/**
 * A fault that a user can act on: says what happened, where, and what to do next. One subclass for each kind, so that
 * callers can tell them apart and the command line can choose an exit code.
 */
export abstract class ClientError extends Error {
    /**
     * @param message What is wrong and where, with what was expected and given.
     * @param next What the user does next.
     */
    constructor(
        message: string,
        readonly next: string,
        options?: ErrorOptions,
    ) {
        super(message, options);
        this.name = new.target.name;
    }
}

/** The command line or an address was wrong; nothing was tried. */
export class UsageError extends ClientError {}

/** None of the bootstrap addresses answers. */
export class BootstrapUnreachableError extends ClientError {}

/** The bootstrap address answers, but a broker can't be reached under the address that Kafka advertises for it. */
export class AdvertisedAddressError extends ClientError {}

/** The topic does not exist. */
export class UnknownTopicError extends ClientError {}

/** Time was up. */
export class TimeoutError extends ClientError {}

/** Kafka was reached and said no. */
export class KafkaRefusedError extends ClientError {}

/** Client and listener do not speak alike: TLS, certificates, or who the client is. */
export class SecurityError extends ClientError {}

/** What the client shows of itself, or the authority that it trusts, can't be had. */
export class IdentityError extends ClientError {}

/** The outputs of a stack can't be read, or lead to no Kafka. */
export class StackAccessError extends ClientError {}

/** The ConfigMap with the addresses of the listeners is missing or can't be read. */
export class ListenerDirectoryError extends ClientError {}

/** There is no usable kubeconfig, or the API server can't be reached or refuses the credentials. */
export class KubernetesAccessError extends ClientError {}

/** A connection through a pod's port-forward could not be made or broke. */
export class TunnelError extends ClientError {
    /** As a socket error has it, so that kafkajs treats it like one. */
    readonly code = "ETUNNEL";
}

/** The fields that the errors of kafkajs, Node and the Kubernetes client are told apart by. */
interface ErrorFields {
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

/** What is known about Kafka's own answers: what they mean and what to do next. */
const ANSWERS: Readonly<Record<string, { meaning: string; next: string }>> = {
    UNKNOWN_TOPIC_OR_PARTITION: {
        meaning: "the topic or partition does not exist",
        next: "topics are configuration: add it to kafka-eks:topics and run pulumi up, or correct its name",
    },
    LEADER_NOT_AVAILABLE: {
        meaning: "a partition has no leader: every in-sync replica of it is down",
        next: "run npm run health to see which brokers are missing",
    },
    NOT_ENOUGH_REPLICAS: {
        meaning: "fewer replicas are in sync than min.insync.replicas asks for",
        next: "run npm run health to see which brokers are missing",
    },
    NOT_ENOUGH_REPLICAS_AFTER_APPEND: {
        meaning: "the message was written to fewer replicas than min.insync.replicas asks for",
        next: "run npm run health to see which brokers are missing, then send it again",
    },
    INVALID_REPLICATION_FACTOR: {
        meaning: "the replication factor is greater than the number of running brokers",
        next: "run npm run health to see which brokers are missing",
    },
    INVALID_TOPIC_EXCEPTION: {
        meaning: "the topic's name is not allowed",
        next: "use up to 249 letters, digits, dots, underscores and hyphens",
    },
    MESSAGE_TOO_LARGE: {
        meaning: "the message is larger than max.message.bytes of the topic",
        next: "send a smaller message or raise the topic's max.message.bytes",
    },
    TOPIC_AUTHORIZATION_FAILED: {
        meaning: "this client may not do this with the topic, or there is no such topic",
        next:
            "give its user an ACL for the topic in kafka-eks:users (Describe, with Write to send and Read to " +
            "read), or use a user that has one",
    },
    GROUP_AUTHORIZATION_FAILED: {
        meaning: "this client may not use its consumer group",
        next:
            "give its user in kafka-eks:users an ACL with Read for groups that begin with kafka-eks-client- " +
            "(patternType prefix), or use a user that has one",
    },
    CLUSTER_AUTHORIZATION_FAILED: {
        meaning: "this client may not do this to the cluster",
        next: "give its user an ACL for the cluster in kafka-eks:users, or use a user that has one",
    },
    UNSUPPORTED_SASL_MECHANISM: {
        meaning: "the listener does not take passwords by SCRAM-SHA-512",
        next: "use a listener whose authentication is scram-sha-512",
    },
    ILLEGAL_SASL_STATE: {
        meaning: "the listener asks for no user with a password",
        next: "leave out --sasl, or use a listener whose authentication is scram-sha-512",
    },
};

const WRONG_PASSWORD = {
    message: "Kafka refuses the user: there is no such user, or the password is wrong",
    next: "check --sasl and the password; a user that was just made may take a moment",
};

function fields(error: unknown): ErrorFields {
    return typeof error === "object" && error !== null ? error : {};
}

/** kafkajs wraps the error that matters in the one that says how often it was retried. */
function rootCause(error: unknown): unknown {
    const { cause, errors } = fields(error);
    if (error instanceof ClientError) {
        return error;
    }
    const inner = cause ?? errors?.[0];
    return inner === undefined ? error : rootCause(inner);
}

/** What of an error tells its cause: the broker's address, the code of a socket's or TLS's error, and its class. */
export function faultOf(error: unknown): {
    name?: string;
    broker?: string;
    code?: string | number;
} {
    const { name, broker, code } = fields(rootCause(error));
    return { name, broker, code };
}

/** Name of Kafka's answer, such as `TOPIC_ALREADY_EXISTS`; `undefined` when the error is none. */
export function kafkaAnswer(error: unknown): string | undefined {
    return fields(rootCause(error)).type;
}

/** A text as one line, without a stack trace. */
function oneLine(text: string): string {
    return text.split("\n", 1)[0]!.trim();
}

/** The sentence of an error of the Kubernetes API, which the client library buries in JSON. */
function kubernetesMessage(body: unknown): string | undefined {
    try {
        const status: unknown = typeof body === "string" ? JSON.parse(body) : body;
        const { message } = fields(status);
        return typeof message === "string" ? oneLine(message) : undefined;
    } catch {
        return undefined;
    }
}

/** Why an address can't be reached, from the error of a socket. */
export function whyUnreachable(error: unknown): string {
    const { code, message } = fields(error);
    const known = typeof code === "string" ? REASONS[code] : undefined;
    if (known !== undefined) {
        return known;
    }
    return message === undefined || /timeout/i.test(message)
        ? REASONS.ETIMEDOUT!
        : oneLine(message.replace(/^Connection error: /, ""));
}

/** What is wrong, in one sentence, and what to do next when that is known. */
export function describeError(error: unknown): { message: string; next?: string } {
    const cause = rootCause(error);
    if (cause instanceof ClientError) {
        return { message: oneLine(cause.message), next: cause.next };
    }
    const { name, message, code, type, broker, body, error: inner } = fields(cause);
    if (name === "KafkaJSConnectionClosedError") {
        return {
            message: `broker ${broker} closed the connection`,
            next: "check that this port is a Kafka listener with the TLS and authentication that the client has, and read the broker's log",
        };
    }
    if (name === "KafkaJSSASLAuthenticationError") {
        return WRONG_PASSWORD;
    }
    const tls = tlsFault(code, message);
    if (tls !== undefined) {
        const where = broker === undefined ? "" : `cannot connect to broker ${broker}: `;
        return { message: `${where}${tls.meaning}`, next: tls.next };
    }
    if (name === "KafkaJSConnectionError") {
        return {
            message: `cannot connect to broker ${broker}: ${whyUnreachable(cause)}`,
            next: "check the address, and that this machine can reach it",
        };
    }
    if (name === "KafkaJSRequestTimeoutError") {
        return {
            message: `broker ${broker} did not answer in time`,
            next: "run npm run health, or try again with a longer --timeout",
        };
    }
    if (type !== undefined) {
        const answer = ANSWERS[type];
        return {
            message: `Kafka answered ${type}: ${answer?.meaning ?? oneLine(message ?? "no reason given")}`,
            next:
                answer?.next ??
                "look the code up in Kafka's protocol guide, and read the brokers' logs",
        };
    }
    if (typeof code === "number") {
        // 403 and the like: the API server's sentence already says who may not do what.
        return {
            message: `Kubernetes answered ${code}: ${kubernetesMessage(body) ?? STATUS_CODES[code] ?? "no reason given"}`,
        };
    }
    // WebSocket errors are events around the error.
    if (message === undefined && inner !== undefined) {
        return describeError(inner);
    }
    if (typeof code === "string" && code in REASONS) {
        return { message: `${REASONS[code]} (${oneLine(message ?? code)})` };
    }
    return { message: oneLine(message || String(cause)) };
}

/** An error as one line for a user: what is wrong and where, then what to do next. */
export function explain(error: unknown): string {
    const { message, next } = describeError(error);
    return next === undefined ? message : `${message}. Next: ${next}`;
}
