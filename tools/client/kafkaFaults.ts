import { type Description, oneLine } from "../cli/errors";
import type { ErrorFields } from "./errorFields";
import { whyUnreachable } from "./socketFaults";
import { tlsFault } from "./tlsFaults";

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
    GROUP_LOAD_IN_PROGRESS: {
        meaning: "the coordinator of the consumer group is still loading what groups there are",
        next: "try again with a longer --timeout; a broker that started a short while ago needs time for it",
    },
    NOT_COORDINATOR_FOR_GROUP: {
        meaning: "the consumer group's coordinator has moved to another broker",
        next: "try again; npm run health shows whether brokers are missing",
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

/** What an error of a connection to Kafka, or Kafka's answer, means; `undefined` for errors of another kind. */
export function kafkaFault(error: ErrorFields): Description | undefined {
    const { name, message, code, type, broker } = error;
    if (name === "KafkaJSConnectionClosedError") {
        return {
            message: `broker ${broker} closed the connection`,
            next: "check that this port is a Kafka listener with the TLS and authentication that the client has, and read the broker's log",
        };
    }
    if (name === "KafkaJSSASLAuthenticationError") {
        return {
            message: "Kafka refuses the user: there is no such user, or the password is wrong",
            next: "check --sasl and the password; a user that was just made may take a moment",
        };
    }
    const tls = tlsFault(code, message);
    if (tls !== undefined) {
        const where = broker === undefined ? "" : `cannot connect to broker ${broker}: `;
        return { message: `${where}${tls.meaning}`, next: tls.next };
    }
    if (name === "KafkaJSConnectionError") {
        return {
            message: `cannot connect to broker ${broker}: ${whyUnreachable(error)}`,
            next: "check the address, and that this machine can reach it",
        };
    }
    if (name === "KafkaJSRequestTimeoutError") {
        return {
            message: `broker ${broker} did not answer in time`,
            next: "run npm run health, or try again with a longer --timeout",
        };
    }
    if (type === undefined) {
        return undefined;
    }
    const answer = ANSWERS[type];
    return {
        message: `Kafka answered ${type}: ${answer?.meaning ?? oneLine(message ?? "no reason given")}`,
        next:
            answer?.next ??
            "look the code up in Kafka's protocol guide, and read the brokers' logs",
    };
}
