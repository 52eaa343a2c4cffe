import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import type { Engine } from "./find";
import { parseExactly } from "../../config/exactJson";
import { REPOSITORY } from "../../tools/cli/repository";

/** Root of this repository, where the program and its Pulumi.yaml are. */
/**
 * Directory of the Pulumi stacks of a cluster. A cluster that was made anew, as the lab often is, has another
 * identity, and so none of the stacks of the one before.
 *
 * @param clusterId Identity of the cluster: the UID of its namespace `kube-system`.
 */
export function stateDirectory(clusterId: string): string {
    const base = process.env.XDG_STATE_HOME || join(homedir(), ".local", "state");
    return join(base, "kafka-eks", "pulumi", clusterId);
}

/** File of a stack's configuration, which is there as long as the stack is. */
export function stackFile(directory: string, stack: string): string {
    return join(projectDirectory(directory), `Pulumi.${stack}.yaml`);
}

/** Directory of Pulumi.yaml. */
export function projectDirectory(directory: string): string {
    return join(directory, "project");
}

/** A Pulumi project outside the checkout, whose program is the one in the checkout. */
export interface PulumiProject {
    /** Directory with Pulumi.yaml and the files of the stacks. */
    readonly workDir: string;
    readonly envVars: Record<string, string>;
}

/**
 * Makes a Pulumi project in a directory, or takes the one that is there: Pulumi writes a stack's file next to
 * Pulumi.yaml, and none is to appear in the checkout.
 */
export function makeProject(
    directory: string,
    { path, env }: Pick<Engine, "path" | "env">,
): PulumiProject {
    const workDir = projectDirectory(directory);
    const backend = join(directory, "backend");
    for (const each of [workDir, backend]) {
        mkdirSync(each, { recursive: true, mode: 0o700 });
    }
    const settings = parse(readFileSync(join(REPOSITORY, "Pulumi.yaml"), "utf8")) as object;
    writeFileSync(join(workDir, "Pulumi.yaml"), stringify({ ...settings, main: REPOSITORY }));
    return {
        workDir,
        envVars: {
            ...env,
            PULUMI_BACKEND_URL: `file://${backend}`,
            PULUMI_CONFIG_PASSPHRASE: passphrase(join(directory, "passphrase")),
            PULUMI_SKIP_UPDATE_CHECK: "true",
            // A language host runs the program with the Node.js that runs this.
            PATH: `${dirname(process.execPath)}${delimiter}${path}`,
        },
    };
}

/** Made at random, because the state of a stack may come to hold passwords. */
function passphrase(file: string): string {
    if (!existsSync(file)) {
        writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
    }
    return readFileSync(file, "utf8");
}

/** Sets the whole configuration of a stack; what Pulumi itself keeps in the file stays. */
export function writeStackConfig(file: string, config: Readonly<Record<string, string>>): void {
    const before = existsSync(file) ? (parse(readFileSync(file, "utf8")) as object | null) : {};
    const content = {
        ...before,
        config: {
            // Every object belongs to a provider that the program makes, never to an ambient one.
            "pulumi:disable-default-providers": ["kubernetes"],
            ...Object.fromEntries(
                Object.entries(config).map(([key, value]) => [key, structured(value)]),
            ),
        },
    };
    writeFileSync(file, stringify(content));
}

/** Objects and lists as such: Pulumi takes a text for a text, whatever it looks like. */
function structured(value: string): unknown {
    try {
        const parsed = parseExactly(value);
        return typeof parsed === "object" ? parsed : value;
    } catch {
        return value;
    }
}
