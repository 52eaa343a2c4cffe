import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../run";

const CLASSES_OF = join(__dirname, "kafka", "ClassesOf.java");
const HOME = "/opt/kafka";

/**
 * Puts an archive of all Kafka's classes into its layer, by the Java of the system's layer, which
 * alone can read it. Servers and tools then start with half the processor time.
 */
export async function addClassArchive(system: string, layer: string, work: string): Promise<void> {
    const libs = readdirSync(join(layer, HOME, "libs")).sort();
    const image = join(work, "image");
    mkdirSync(join(image, "proc"), { recursive: true });
    for (const part of [system, layer]) {
        // Hard links: Java compares the times of the jars.
        await run("cp", ["-al", `${part}/.`, image]);
    }
    const classes = await run("java", [
        CLASSES_OF,
        ...libs.map((jar) => join(layer, HOME, "libs", jar)),
    ]);
    writeFileSync(join(image, "classes"), classes);
    await run("unshare", [
        "--mount",
        "--pid",
        "--fork",
        "--mount-proc",
        `--root=${image}`,
        "/usr/bin/java",
        "-Xshare:dump",
        // Classes for libraries that Kafka does without are left out, with a warning each.
        "-Xlog:cds=error,cds+verification=off",
        "-XX:SharedClassListFile=/classes",
        "-XX:SharedArchiveFile=/kafka.jsa",
        "-cp",
        // As the launcher has it.
        libs.map((jar) => `${HOME}/libs/${jar}`).join(":"),
    ]);
    renameSync(join(image, "kafka.jsa"), join(layer, HOME, "kafka.jsa"));
    rmSync(image, { recursive: true });
}
