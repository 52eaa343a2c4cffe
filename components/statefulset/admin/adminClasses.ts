import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONFIG_DIRECTORY } from "../../kubernetes/files";
import { readScript } from "../scripts";

/** File with the classes that ask Kafka, in the ConfigMap of the brokers. `npm run admin-jar` makes it. */
export const ADMIN_JAR = "kafka-admin.jar";

/** Where the scripts look for {@link ADMIN_JAR}. */
export const ADMIN_JAR_PATH = `${CONFIG_DIRECTORY}/${ADMIN_JAR}`;

/** Script that runs a class of {@link ADMIN_JAR}; others begin with it. */
export const ADMIN_CLASS_SCRIPT = "admin/admin-class.sh";

/** `binaryData` of a ConfigMap with {@link ADMIN_JAR}. */
export function adminJarData(): Record<string, string> {
    return { [ADMIN_JAR]: readFileSync(join(__dirname, ADMIN_JAR)).toString("base64") };
}

/**
 * Text of the script of a Job that prints {@link KafkaFacts}. It has {@link ADMIN_JAR} at {@link ADMIN_JAR_PATH}, and the
 * variables `BOOTSTRAP`, `ADMIN_PROPERTIES` with a client's properties, and `FACTS_OPTIONS`; the last two may be absent.
 * The options are `--timeout SECONDS` (20), `--without IDS`, `--from ID` and `--min-isr NUMBER`.
 */
export function factsScript(): string {
    return [ADMIN_CLASS_SCRIPT, "admin/kafka-facts.sh"].map(readScript).join("\n");
}
