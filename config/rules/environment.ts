import { isSensitive } from "../../components/kafka/properties/sensitive";
import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";
import { serversOf } from "./servers";

/** What decides instead of a variable; a name that ends in `*` stands for all that begin with it. */
const OWNED: Readonly<Record<string, string>> = {
    KAFKA_HEAP_OPTS: "jvmOptions and the memory limit decide on the heap",
    SERVER_HEAP_OPTS: "jvmOptions and the memory limit decide on the heap",
    KAFKA_OPTS: "jvmOptions has flags and properties of the JVM, and the program sets the rest",
    KAFKA_JVM_PERFORMANCE_OPTS: "jvmOptions has the flags of the JVM",
    "KAFKA_LOG4J_*": "the program sets the log",
    "KAFKA_JMX_*": "it opens a port without authentication",
    JMX_PORT: "it opens a port without authentication, and tools in the pod fail with it",
    "KAFKA_*": "images take it for a broker property; kafka.config has those",
    "ZOOKEEPER_*": "images take it for a setting of ZooKeeper",
    "STRIMZI_*": "the operator sets it",
    JAVA_TOOL_OPTIONS: "probes would read it, too; jvmOptions is for the servers only",
    JDK_JAVA_OPTIONS: "probes would read it, too; jvmOptions is for the servers only",
    _JAVA_OPTIONS: "probes would read it, too; jvmOptions is for the servers only",
    POD_NAME: "the program sets it",
    SERVICE_DOMAIN: "the program sets it",
    ZONE: "the program sets it",
    LOG_DIR: "the program sets it",
    EXTRA_ARGS: "the program sets it",
    BASH_ENV: "the program's scripts would run it",
    CLASSPATH: "the image's own scripts set it",
    HOME: "the image sets it",
    PATH: "the program's scripts would find other tools",
    "LD_*": "all processes of the container would load it",
};

/** Variables that the program owns, that stand twice, or that tell a secret. */
export function environmentConflicts(config: ParsedConfig): ConfigProblem[] {
    return serversOf(config).flatMap(({ key, fields: { env = [] } }) =>
        env.flatMap((variable, index): ConfigProblem[] => {
            if (variable === undefined) {
                return [];
            }
            const { name, value } = variable;
            const path = `${key}.env[${index}]`;
            const first = env.findIndex((each) => each?.name === name);
            const owner = ownerOf(name);
            if (owner !== undefined) {
                return [{ key: path, expected: `another variable: ${owner}`, given: show(name) }];
            }
            const another = `a name that ${key}.env[${first}] does not have`;
            const secret = "valueFrom with a secretKeyRef: whoever may read pods reads this value";
            return [
                ...(first < index ? [{ key: path, expected: another, given: show(name) }] : []),
                ...(value !== undefined && isSensitive(name)
                    ? [{ key: path, expected: secret, given: `a value of ${name}` }]
                    : []),
            ];
        }),
    );
}

function ownerOf(name: string): string | undefined {
    return Object.entries(OWNED).find(([owned]) =>
        owned.endsWith("*") ? name.startsWith(owned.slice(0, -1)) : name === owned,
    )?.[1];
}
