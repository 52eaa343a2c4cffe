import { entriesOf } from "../../../components/kafka/properties/value";
import { isShorter, isTrue, type Risk, type Rule } from "./risk";

/** Clients that are refused, slowed down or dropped, if so. */
function refusedIf(isRefused: boolean, what: string): Risk | undefined {
    return isRefused ? { what, severity: "clients-cut-off" } : undefined;
}

/** A number that is lowered. */
function lower(what: string): Rule {
    return (from, to) => refusedIf(Number(to) < Number(from), what);
}

/** A list that lacks some of its entries. */
function without(what: (lost: string) => string): Rule {
    return (from, to) => {
        const lost = entriesOf(from).filter((entry) => !entriesOf(to).includes(entry));
        return refusedIf(lost.length > 0, what(lost.join()));
    };
}

const TIME_STAMPS = lower(
    "Kafka refuses messages whose time stamps are further away, and their producers lose them",
);

/** Rules of topics' properties that refuse clients, which hold for the brokers' properties of the same meaning, too. */
export const TOPIC_REFUSALS: Readonly<Record<string, Rule>> = {
    "max.message.bytes": (from, to, whose) =>
        refusedIf(
            Number(to) < Number(from),
            whose === "topic"
                ? "Kafka refuses larger messages, and what their producers send is lost to them"
                : "Kafka refuses larger messages in topics without a limit of their own",
        ),
    "message.downconversion.enable": (from, to) =>
        refusedIf(isTrue(from) && !isTrue(to), "clients that read an older form are refused"),
    "message.timestamp.after.max.ms": TIME_STAMPS,
    "message.timestamp.before.max.ms": TIME_STAMPS,
    "message.timestamp.difference.max.ms": TIME_STAMPS,
};

/** After this time in milliseconds clients close idle connections themselves, unless they are told otherwise. */
const IDLE_OF_CLIENTS = 540_000;

const LARGER_GROUPS = lower("groups with more members lose some of them");

/** Rules of what only brokers have. */
export const BROKER_REFUSALS: Readonly<Record<string, Rule>> = {
    "connections.max.idle.ms": (from, to) =>
        refusedIf(
            isShorter(from, to) && Number(to) < IDLE_OF_CLIENTS,
            "connections are closed before their clients expect it, and what they send meanwhile fails",
        ),
    "connections.max.reauth.ms": (from, to) =>
        refusedIf(
            Number(to) > 0 && (Number(from) === 0 || Number(to) < Number(from)),
            "clients that don't authenticate again in time lose their connections",
        ),
    "group.consumer.max.size": LARGER_GROUPS,
    "group.coordinator.rebalance.protocols": without(
        (lost) => `groups of the protocol ${lost} are refused`,
    ),
    "group.max.session.timeout.ms": lower("consumers with a longer session timeout are refused"),
    "group.max.size": LARGER_GROUPS,
    "group.min.session.timeout.ms": (from, to) =>
        refusedIf(
            Number(to) > Number(from),
            "consumers with a shorter session timeout are refused",
        ),
    "group.share.max.groups": lower("more share groups are refused"),
    "group.share.max.size": LARGER_GROUPS,
    "max.connection.creation.rate": lower("clients that connect more often have to wait"),
    "max.connections": lower("connections above it are refused"),
    "max.connections.per.ip": lower("connections above it are refused"),
    "max.connections.per.ip.overrides": (from, to) =>
        refusedIf(
            [...limitsOf(to)].some(
                ([address, limit]) => limit < (limitsOf(from).get(address) ?? Infinity),
            ),
            "connections above it are refused",
        ),
    "sasl.server.max.receive.size": lower("clients that send longer tokens are refused"),
    "socket.request.max.bytes": lower("connections that send larger requests are closed"),
    "ssl.cipher.suites": (from, to) =>
        // None are all of them.
        refusedIf(
            entriesOf(to).length > 0 &&
                (entriesOf(from).length === 0 ||
                    entriesOf(from).some((suite) => !entriesOf(to).includes(suite))),
            "clients that know none of these are refused",
        ),
    "ssl.enabled.protocols": without((lost) => `clients that speak ${lost} only are refused`),
    "transaction.max.timeout.ms": lower(
        "producers that ask for more time for a transaction are refused",
    ),
};

/** Limits of connections by address, such as `10.0.0.7:5`. */
function limitsOf(text: string): Map<string, number> {
    return new Map(
        entriesOf(text).map((entry) => {
            const at = entry.lastIndexOf(":");
            return [entry.slice(0, at), Number(entry.slice(at + 1))];
        }),
    );
}
