import { heapMib, type Resources } from "../kubernetes/pods";

/** What a stack says of the JVM of its servers, in Strimzi's words. */
export interface JvmOptions {
    /**
     * First size of the heap, as `2g` or `2048m`.
     *
     * @default - That of `-Xmx`.
     */
    readonly "-Xms"?: string;
    /**
     * Largest size of the heap.
     *
     * @default - Half of the memory limit, 6 GiB at most.
     */
    readonly "-Xmx"?: string;
    /** Flags by their names; `true` and `false` switch one on and off. */
    readonly "-XX"?: Readonly<Record<string, string>>;
    readonly javaSystemProperties?: readonly SystemProperty[];
}

/** A property of the JVM. */
export interface SystemProperty {
    readonly name: string;
    readonly value: string;
}

/**
 * The flags that Kafka's own start scripts set, as flags of a stack would replace all of them.
 *
 * @see https://github.com/apache/kafka/blob/3.9/bin/kafka-run-class.sh (KAFKA_JVM_PERFORMANCE_OPTS)
 */
const KAFKA_FLAGS: Readonly<Record<string, string>> = {
    UseG1GC: "true",
    MaxGCPauseMillis: "20",
    InitiatingHeapOccupancyPercent: "35",
    ExplicitGCInvokesConcurrent: "true",
    MaxInlineLevel: "15",
};

/** Flags that choose a garbage collector: a JVM takes one of them only. */
const COLLECTOR = /^Use(ConcMarkSweep|Epsilon|G1|Parallel|Serial|Shenandoah|Z)GC$/;

/** The flags by which a garbage collector is chosen. */
export function chosenCollectors(flags: JvmOptions["-XX"] = {}): string[] {
    return Object.keys(flags).filter((flag) => COLLECTOR.test(flag) && flags[flag] === "true");
}

/** The heap's first and largest size as JVM options have them. */
export function heapSizes(
    resources: Resources,
    jvm: JvmOptions = {},
): { readonly "-Xms": string; readonly "-Xmx": string } {
    const most = jvm["-Xmx"] ?? `${heapMib(resources)}m`;
    return { "-Xms": jvm["-Xms"] ?? most, "-Xmx": most };
}

/** Options for a heap of that size. */
export function heapOptions(resources: Resources, jvm?: JvmOptions): string {
    return Object.entries(heapSizes(resources, jvm))
        .map(([option, size]) => option + size)
        .join(" ");
}

/** All flags, with those of Kafka that a stack does not set; `undefined` where it sets none. */
export function jvmFlags({ "-XX": own }: JvmOptions = {}): Record<string, string> | undefined {
    if (own === undefined || Object.keys(own).length === 0) {
        return undefined;
    }
    const { UseG1GC, ...others } = KAFKA_FLAGS;
    return { ...(chosenCollectors(own).length > 0 ? others : KAFKA_FLAGS), ...own };
}

/**
 * Flags and properties as Kafka's start scripts take them; `undefined` where a stack sets none, and Kafka's own are right.
 */
export function performanceOptions(jvm: JvmOptions = {}): string | undefined {
    const properties = jvm.javaSystemProperties ?? [];
    const flags = jvmFlags(jvm) ?? KAFKA_FLAGS;
    return jvmFlags(jvm) === undefined && properties.length === 0
        ? undefined
        : [
              "-server",
              ...Object.entries(flags).map(([flag, value]) => flagOption(flag, value)),
              "-Djava.awt.headless=true",
              ...properties.map(({ name, value }) => `-D${name}=${value}`),
          ].join(" ");
}

function flagOption(flag: string, value: string): string {
    const sign = { true: "+", false: "-" }[value];
    return sign === undefined ? `-XX:${flag}=${value}` : `-XX:${sign}${flag}`;
}
