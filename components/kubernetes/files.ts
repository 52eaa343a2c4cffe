import { createHash } from "node:crypto";

/** Directory in the containers that holds a ConfigMap's files. */
export const CONFIG_DIRECTORY = "/etc/kafka-eks";

/** Command that runs a script of the ConfigMap; through bash, so that the file needs no execute bit. */
export function scriptCommand(name: string): string[] {
    return ["bash", `${CONFIG_DIRECTORY}/${name}`];
}

/** Short hash of anything that can be written as JSON; of the same value it is always the same. */
export function contentHash(content: unknown): string {
    return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
}

/** Text of a Java properties file, sorted by key. */
export function renderProperties(properties: Readonly<Record<string, string>>): string {
    return Object.entries(properties)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => `${key}=${escapeValue(value)}\n`)
        .join("");
}

/**
 * A value as a properties file has it: on one line, in ASCII, and with the white space that it begins with.
 *
 * @see https://docs.oracle.com/javase/8/docs/api/java/util/Properties.html#load-java.io.Reader-
 */
function escapeValue(value: string): string {
    return value
        .replaceAll("\\", "\\\\")
        .replace(/^ /, "\\ ")
        .replace(
            /[^\x20-\x7e]/g,
            (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
        );
}
