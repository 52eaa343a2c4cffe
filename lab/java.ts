import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run";

/** Where to look for a Java beside PATH. */
export interface JavaPlaces {
    /** The folder that JAVA_HOME names, if it is set. */
    readonly home?: string | undefined;
    /** A folder with a JDK or JRE in each of its folders. */
    readonly installed: string;
}

const PLACES: JavaPlaces = { home: process.env["JAVA_HOME"], installed: "/usr/lib/jvm" };

/**
 * A `java` that is new enough: that of JAVA_HOME, else the one on PATH, else any that is installed.
 *
 * @throws Error that names those that were found and are too old.
 */
export async function findJava(atLeast: number, purpose: string, places = PLACES): Promise<string> {
    const tooOld: string[] = [];
    for (const java of candidates(places)) {
        const version = javaVersion(await printedVersion(java));
        if (version !== undefined && version >= atLeast) {
            return java;
        }
        if (version !== undefined) {
            tooOld.push(`${java} is ${version}`);
        }
    }
    throw new Error(
        `Java ${atLeast} or newer is needed ${purpose}; found: ${tooOld.join(", ") || "none"}; ` +
            "install one, or set JAVA_HOME to the folder of one",
    );
}

/** What `java -version` prints, empty if there is no such program. */
export function printedVersion(java: string): Promise<string> {
    // It prints to stderr.
    return run("bash", ["-c", '"$0" -version 2>&1', java]).catch(() => "");
}

/** The major version out of what `java -version` prints; Java 8 and older call themselves 1. */
export function javaVersion(printed: string): number | undefined {
    const major = /version "(\d+)/.exec(printed)?.[1];
    return major === undefined ? undefined : Number(major);
}

function candidates({ home, installed }: JavaPlaces): string[] {
    const folders = existsSync(installed) ? readdirSync(installed).sort() : [];
    return [
        ...(home ? [join(home, "bin/java")] : []),
        "java",
        ...folders.map((folder) => join(installed, folder, "bin/java")),
    ];
}
