import { globSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, pathOf } from "./cache";
import { kafkaLibs } from "./kafkaLibs";
import { KAFKA } from "./kafkaReleases";
import { run } from "../run";

/** Folder of the classes that ask Kafka, and of the jar with them. */
export const ADMIN_FOLDER = join(__dirname, "../../components/statefulset/admin");

/** The oldest Java of an image that the classes run in. */
const RELEASE = 11;
/** Other compilers write other bytes. */
const COMPILER = "javac 17";
/** The first that a jar can have. */
const DATE = "1980-01-01T00:00:02Z";

/**
 * Compiles the classes and packs them, the same bytes each time.
 *
 * @param jar Where to write the jar.
 * @throws Error without a compiler of Java 17.
 */
export async function buildAdminJar(jar = join(ADMIN_FOLDER, "kafka-admin.jar")): Promise<void> {
    const classes = mkdtempSync(join(tmpdir(), "kafka-admin-"));
    try {
        await compileAdminClasses(classes);
        const files = readdirSync(classes).sort();
        const options = ["--create", "--file", jar, "--no-manifest", `--date=${DATE}`];
        await run("jar", [...options, ...files.flatMap((file) => ["-C", classes, file])]);
    } finally {
        rmSync(classes, { recursive: true });
    }
}

/**
 * Compiles the classes into a folder.
 *
 * @throws Error without a compiler of Java 17.
 */
export async function compileAdminClasses(folder: string): Promise<void> {
    const compiler = (await run("javac", ["-version"])).trim();
    if (!compiler.startsWith(`${COMPILER}.`)) {
        throw new Error(`PATH: expected ${COMPILER}, got ${compiler}. Next: put a JDK 17 first.`);
    }
    const libs = kafkaLibs(KAFKA.statefulset);
    await build(libs, () => undefined);
    const sources = globSync("*.java", { cwd: ADMIN_FOLDER }).sort();
    mkdirSync(folder, { recursive: true });
    await run("javac", [
        ...["--release", String(RELEASE), "-g:none", "-Xlint:-classfile"],
        ...["-cp", join(pathOf(libs), "*"), "-d", folder],
        ...sources.map((file) => join(ADMIN_FOLDER, file)),
    ]);
}
