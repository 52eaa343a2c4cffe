import { chosenCollectors, heapSizes } from "../../components/kafka/jvmOptions";
import { parseQuantity } from "../../components/kubernetes/quantity";
import { type ConfigProblem, show } from "../problems";
import { applyResourceDefaults } from "../resources";
import type { ParsedConfig } from "../schema";
import { areResourcesWrong, LEAST_MEMORY } from "./resources";
import { type Servers, serversOf } from "./servers";

const MIB = 2 ** 20;

/** Flags that decide what the heap's keys, or the program, decide; and those that read others from a file. */
const OWNED_FLAGS = new Map(
    Object.entries({
        ExitOnOutOfMemoryError: "the program has a server with a full heap end",
        Flags: "flags stand here and not in a file",
        InitialHeapSize: "-Xms is its key",
        InitialRAMPercentage: "-Xms is its key",
        MaxHeapSize: "-Xmx is its key",
        MaxRAM: "-Xmx and the memory limit decide",
        MaxRAMFraction: "-Xmx is its key",
        MaxRAMPercentage: "-Xmx is its key",
        MinRAMPercentage: "-Xmx is its key",
        OnError: "the container is restarted, and its last words are kept",
        OnOutOfMemoryError: "the program has a server with a full heap end",
        VMOptionsFile: "flags stand here and not in a file",
    }),
);

/** Properties that the program sets, or that open a port; one that ends in a dot stands for all that begin with it. */
const OWNED_PROPERTIES: Readonly<Record<string, string>> = {
    "com.sun.management.": "it opens a port that asks nobody who they are",
    "java.security.auth.login.config": "the program sets it",
    "kafka.logs.dir": "the program sets it",
    "log4j.": "the program sets the log",
    "log4j2.": "the program sets the log",
    "sun.net.inetaddr.": "the address of a restarted server has to be asked for soon",
    "zookeeper.": "the program sets how ZooKeeper is reached",
};

/** Heaps that the memory does not hold, and options that are not the user's to set. */
export function jvmConflicts(config: ParsedConfig): ConfigProblem[] {
    return serversOf(config).flatMap((servers) => [
        ...heapConflicts(servers, config),
        ...flagConflicts(servers),
        ...collectorConflicts(servers),
        ...propertyConflicts(servers),
    ]);
}

function heapConflicts({ key, fields, defaults }: Servers, config: ParsedConfig): ConfigProblem[] {
    const { kafkaDeploymentType = "strimzi", wrong } = config;
    const { jvmOptions, resources } = fields;
    const { "-Xms": givenFirst, "-Xmx": givenMost } = jvmOptions ?? {};
    if (
        resources === undefined ||
        areResourcesWrong(key, config) ||
        (givenMost ?? givenFirst) === undefined ||
        wrong.has(`${key}.jvmOptions.-Xmx`)
    ) {
        return [];
    }
    const effective = applyResourceDefaults(resources, defaults);
    const { "-Xms": first, "-Xmx": most } = heapSizes(effective, {
        ...(givenFirst !== undefined && { "-Xms": givenFirst }),
        ...(givenMost !== undefined && { "-Xmx": givenMost }),
    });
    const { memory, beside } = LEAST_MEMORY[key](kafkaDeploymentType);
    const limit = parseQuantity(effective.limits.memory)! / MIB;
    const room = Math.floor(limit - beside);
    const least = Math.floor(parseQuantity(memory)! / MIB / 2);
    const path = `${key}.jvmOptions`;
    const problems: ConfigProblem[] = [];
    if (mib(most) > room) {
        const expected =
            `at most ${room}m, which the memory limit of ${effective.limits.memory} leaves ` +
            `beside the ${beside} MiB that everything else takes`;
        problems.push({ key: `${path}.-Xmx`, expected, given: show(most) });
    } else if (mib(most) < least) {
        const expected = `at least ${least}m, to run with`;
        problems.push({ key: `${path}.-Xmx`, expected, given: show(most) });
    }
    if (mib(first) > mib(most)) {
        const expected = `at most ${most}, the -Xmx`;
        problems.push({ key: `${path}.-Xms`, expected, given: show(first) });
    }
    return problems;
}

function mib(size: string): number {
    return parseInt(size, 10) * (/g$/i.test(size) ? 1024 : 1);
}

function flagConflicts({ key, fields: { jvmOptions } }: Servers): ConfigProblem[] {
    return Object.entries(jvmOptions?.["-XX"] ?? {}).flatMap(([flag, value]): ConfigProblem[] => {
        const owner = OWNED_FLAGS.get(flag);
        return owner === undefined
            ? []
            : [
                  {
                      key: `${key}.jvmOptions.-XX.${flag}`,
                      expected: `nothing: ${owner}`,
                      given: show(value),
                  },
              ];
    });
}

/** A JVM with more than one garbage collector ends at its start. */
function collectorConflicts({ key, fields: { jvmOptions } }: Servers): ConfigProblem[] {
    const [first, ...others] = chosenCollectors(jvmOptions?.["-XX"]);
    return others.map((flag) => ({
        key: `${key}.jvmOptions.-XX.${flag}`,
        expected: `false with ${first!} true: a JVM has one garbage collector`,
        given: show("true"),
    }));
}

function propertyConflicts({ key, fields: { jvmOptions } }: Servers): ConfigProblem[] {
    return (jvmOptions?.javaSystemProperties ?? []).flatMap((property, index): ConfigProblem[] => {
        const { name = "" } = property ?? {};
        const owner = Object.entries(OWNED_PROPERTIES).find(([owned]) =>
            owned.endsWith(".") ? name.startsWith(owned) : name === owned,
        );
        return owner === undefined
            ? []
            : [
                  {
                      key: `${key}.jvmOptions.javaSystemProperties[${index}]`,
                      expected: `another property: ${owner[1]}`,
                      given: show(name),
                  },
              ];
    });
}
