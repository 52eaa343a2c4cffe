import { isObject } from "../../../config/everyFault";
import { PROJECT } from "../../../config";
import { defaultConfig } from "../../bench/ourConfig";
import { externalListeners } from "../../demo/labConfig";

/** A stack's configuration by key, without the project's name before it. */
export type Settings = Readonly<Record<string, unknown>>;

/** Names of what the stacks have, by which clients find it. */
export const NAMES = {
    /** The user of the load, who may do everything. */
    load: "load",
    /** Users who may write to topics that begin with {@link TOPICS_OF_APP} only, by how they prove who they are. */
    users: { "scram-sha-512": "app", tls: "cert" },
    listeners: { load: "internal", changed: "scram", outside: "external" },
    /** Its messages are from an hour ago. */
    data: "app-data",
    /** What clients write to. */
    probe: "app-probe",
    /** Where the users may not write. */
    foreign: "other-probe",
} as const;

const TOPICS_OF_APP = "app-";
const BASE_PORT = 31_190;
/** 7 days. */
const LONG = "604800000";

const scram = { type: "scram-sha-512" } as const;

/** The listener of the load, which never changes. */
const LOAD_LISTENER = {
    name: NAMES.listeners.load,
    port: 9092,
    type: "internal",
    tls: true,
    authentication: scram,
};

/** The listener that changes, with what it has from time to time. */
export function changedListener(access: object): object {
    return { name: NAMES.listeners.changed, port: 9096, type: "internal", ...access };
}

/** The listener outside, with what it has from time to time. */
export function outsideListener(access: object, basePort = BASE_PORT): object {
    return {
        ...externalListeners("nodePort", basePort)[0],
        name: NAMES.listeners.outside,
        ...access,
    };
}

/** Listeners in their order. */
export function listeners(...others: readonly object[]): { readonly listeners: object[] } {
    return { listeners: [LOAD_LISTENER, ...others] };
}

/** What the listeners ask for unless a step says something else. */
export const WITH_PASSWORD = { tls: true, authentication: scram } as const;

/** The user of the load, and others. */
export function users(...others: readonly object[]): { readonly users: object[] } {
    const everything = ["topic", "group"].map((type) => acl({ type, name: "*" }, "All"));
    const cluster = acl({ type: "cluster" }, "All");
    const load = { name: NAMES.load, authentication: scram, acls: [...everything, cluster] };
    return { users: [load, ...others] };
}

/** A user with permissions on topics. */
export function user(type: keyof typeof NAMES.users, topics: object = ownTopics()): object {
    return { name: NAMES.users[type], authentication: { type }, acls: [topics] };
}

/** The permissions that the users have unless a step says something else. */
function ownTopics(): object {
    const resource = { type: "topic", name: TOPICS_OF_APP, patternType: "prefix" };
    return acl(resource, "Write", "Describe");
}

/** A permission. */
export function acl(resource: object, ...operations: readonly string[]): object {
    return { resource, operations };
}

/** A topic. */
export function topic(name: string, config: object = {}, more: object = {}): object {
    return { name, partitions: 3, config, ...more };
}

const DATA = topic(NAMES.data, { "retention.ms": LONG });
/** As it is when the stack is new. */
export const FOREIGN = topic(NAMES.foreign);

const COMMON: Settings = merged(settingsOf(defaultConfig()), {
    ...users(user("scram-sha-512")),
    topics: [DATA, topic(NAMES.probe), FOREIGN],
    // What is too old goes within seconds.
    kafka: { config: { "log.retention.check.interval.ms": "5000" } },
});

/** What the rounds begin with: three brokers and members, or one of each. */
export const BASES = {
    three: merged(
        COMMON,
        listeners(changedListener(WITH_PASSWORD), outsideListener(WITH_PASSWORD)),
    ),
    one: merged(COMMON, { ...listeners(), kafka: { replicas: 1 }, zookeeper: { replicas: 1 } }),
} as const satisfies Record<string, Settings>;

/** Settings with changes: objects are merged, all else takes the place of what was there. */
export function merged(settings: Settings, changes: Settings): Settings {
    const values = Object.entries(changes).map(([key, value]): readonly [string, unknown] => {
        const before = settings[key];
        return [key, isObject(before) && isObject(value) ? merged(before, value) : value];
    });
    return { ...settings, ...Object.fromEntries(values) };
}

/** The configuration by full key, as a stack gets it. */
export function configOf(settings: Settings): Record<string, string> {
    return Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [
            `${PROJECT}:${key}`,
            typeof value === "string" ? value : JSON.stringify(value),
        ]),
    );
}

function settingsOf(config: Readonly<Record<string, string>>): Settings {
    return Object.fromEntries(
        Object.entries(config).map(([key, value]) => [
            key.slice(PROJECT.length + 1),
            /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value,
        ]),
    );
}
