import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { UsageError } from "./errors";
import { readText } from "./readText";
import { PROJECT } from "../../config";

/** The configuration of a stack can't be read from its file. */
export class StackFileError extends UsageError {}

/** Pulumi's own rule for names, which also keeps a name from leading into another directory. */
const STACK_NAME = /^[A-Za-z0-9_.-]{1,100}$/;

/**
 * The configuration of a stack: what its file `Pulumi.<stack>.yaml` says, and over it what was given by hand. A stack
 * without a file has only the latter.
 *
 * @param directory Directory of the stack files.
 * @param options Whether something else may stand in for the encrypted passwords of users.
 * @throws {@link StackFileError} when the file can't be read or holds an encrypted value that is not given by hand.
 */
export function readStackConfig(
    directory: string,
    stack: string,
    given: Readonly<Record<string, string>>,
    { standIns = false } = {},
): Record<string, string> {
    if (!STACK_NAME.test(stack)) {
        throw new StackFileError(
            `${JSON.stringify(stack)} is not the name of a stack`,
            "use letters, digits, hyphens, underscores and dots",
        );
    }
    const file = `Pulumi.${stack}.yaml`;
    const path = join(directory, file);
    const values = existsSync(path) ? configOf(file, textOf(file, path)) : {};
    const fromFile = Object.entries(values)
        .filter(([key]) => !(key in given))
        .map(([key, value]) => {
            const known = standIns && key === fullKey("users") ? withStandIns(value) : value;
            return [key, toText(file, key, known)] as const;
        });
    return { ...Object.fromEntries(fromFile), ...given };
}

/**
 * {@link readStackConfig} of a stack that is there.
 *
 * @throws {@link StackFileError} also when nothing is configured, as for a name that is mistyped.
 */
export function readKnownStackConfig(
    ...[directory, stack, ...rest]: Parameters<typeof readStackConfig>
): Record<string, string> {
    const values = readStackConfig(directory, stack, ...rest);
    if (Object.keys(values).length === 0) {
        throw new StackFileError(
            `stack ${stack} has no configuration: expected it in Pulumi.${stack}.yaml or by --config`,
            "check the name of the stack",
        );
    }
    return values;
}

/** The full key of a configuration value: keys without a project are this project's. */
export function fullKey(key: string): string {
    return key.includes(":") ? key : `${PROJECT}:${key}`;
}

function textOf(file: string, path: string): string {
    return readText(
        path,
        (code, cause) =>
            new StackFileError(`${file} can't be read (${code})`, "correct the file", { cause }),
    );
}

function configOf(file: string, text: string): Record<string, unknown> {
    let content: unknown;
    try {
        content = parse(text);
    } catch (error) {
        const [reason] = (error as Error).message.split("\n");
        throw new StackFileError(`${file} is not YAML: ${reason}`, "correct the file");
    }
    const config: unknown = (content as { config?: unknown } | null)?.config ?? {};
    if (typeof config !== "object" || Array.isArray(config)) {
        throw new StackFileError(`config in ${file} is not a list of keys`, "correct the file");
    }
    return Object.fromEntries(
        Object.entries(config as object).map(([key, value]) => [fullKey(key), value as unknown]),
    );
}

/** A value as Pulumi hands it to the program: everything but single values as JSON. */
function toText(file: string, key: string, value: unknown): string {
    if (hasSecure(value)) {
        throw new StackFileError(
            `${key} in ${file} is encrypted and can't be decrypted here`,
            `give its value: --config ${key}=VALUE`,
        );
    }
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** Users with something in place of each encrypted password: another one when that changes. */
function withStandIns(users: unknown): unknown {
    const standIn = (name: string, value: unknown) =>
        name === "password" && hasSecure(value)
            ? createHash("sha256").update(JSON.stringify(value)).digest("hex")
            : value;
    return JSON.parse(JSON.stringify(users, standIn)) as unknown;
}

function hasSecure(value: unknown): boolean {
    return (
        typeof value === "object" &&
        value !== null &&
        ("secure" in value || Object.values(value).some(hasSecure))
    );
}
