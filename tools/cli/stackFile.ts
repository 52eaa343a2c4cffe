import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "./errors";
import { readText } from "./readText";
import { readYaml } from "./yamlText";
import { partsOf, withValueAt } from "./configPath";
import { PROJECT } from "../../config";
import { isObject } from "../../config/everyFault";
import { parseExactly } from "../../config/exactJson";
import { nearest } from "../../config/nearest";
import { joinPath, JSON_FORM, show, showKind } from "../../config/problems";

/** The configuration of a stack can't be read from its file. */
export class StackFileError extends UsageError {}

/** Pulumi's own rule for names, which also keeps a name from leading into another directory. */
const STACK_NAME = /^[A-Za-z0-9_.-]{1,100}$/;

/**
 * The configuration of a stack: what its file `Pulumi.<stack>.yaml` says, and over it what was given by hand. A stack
 * without a file has only the latter, where no other stack has one.
 *
 * @param directory Directory of the stack files.
 * @param given Values by full key. A key that is a path changes a part of a value: the file's, or a given one.
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
    const values = withGiven(readValues(directory, stack, file), given);
    return Object.fromEntries(
        Object.entries(values).map(([key, value]) => {
            const known = standIns && key === fullKey("users") ? withStandIns(value) : value;
            return [key, toText(file, key, known)];
        }),
    );
}

function readValues(directory: string, stack: string, file: string): Record<string, unknown> {
    const path = join(directory, file);
    if (existsSync(path)) {
        return configOf(file, textOf(file, path));
    }
    const others = readdirSync(directory)
        .flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? [])
        .sort();
    if (others.length === 0) {
        return {};
    }
    const near = nearest(stack, others);
    throw new StackFileError(
        `${file}: no such file; there are the stacks ${others.join(", ")}`,
        near === undefined ? "name one of them" : `did you mean ${near}?`,
    );
}

/**
 * Values as texts, and over them given ones; a key that is a path changes a part of a value.
 *
 * @throws {@link StackFileError} when a part can't be set.
 */
export function withValues(
    values: Readonly<Record<string, string>>,
    given: Readonly<Record<string, string>>,
): Record<string, string> {
    return Object.fromEntries(
        Object.entries(withGiven(values, given)).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value, withAllDigits),
        ]),
    );
}

/** Values of a file, and over them given ones: first whole values, then parts of them. */
function withGiven(
    values: Readonly<Record<string, unknown>>,
    given: Readonly<Record<string, string>>,
): Record<string, unknown> {
    const all: Record<string, unknown> = { ...values };
    const parts: (readonly [NonNullable<ReturnType<typeof partsOf>>, string])[] = [];
    for (const [key, text] of Object.entries(given)) {
        const path = partsOf(key);
        if (path === undefined || path.length === 1) {
            all[key] = text;
        } else {
            parts.push([path, text]);
        }
    }
    for (const [[key, ...path], text] of parts) {
        const whole = all[key];
        const value = typeof whole === "string" ? readPart(key, whole) : whole;
        all[key] = withValueAt(value, path, readPart(joinPath(key, path), text), key);
    }
    return all;
}

/**
 * A part of a value as `pulumi config set --path` takes it, and JSON for objects and lists. Digits after a zero are a text.
 *
 * @param key Where it is given, as an error says it.
 */
function readPart(key: string, text: string): unknown {
    if (!/^(-?(0|[1-9]\d*)|true|false|\s*[{[].*)$/s.test(text)) {
        return text;
    }
    try {
        return parseExactly(text, (source) => (/^-?\d+$/.test(source) ? BigInt(source) : source));
    } catch {
        throw new StackFileError(
            `${key}: expected an object or a list as JSON, got ${show(text)}`,
            JSON_FORM,
        );
    }
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
            new StackFileError(
                `${file}: expected a file that can be read, got ${code}`,
                "correct what stands there, or its permissions",
                { cause },
            ),
    );
}

/** What Pulumi itself writes beside the configuration. */
const OF_PULUMI = ["config", "encryptionsalt", "encryptedkey", "secretsprovider", "environment"];

function configOf(file: string, text: string): Record<string, unknown> {
    const refuse = (where: string, expected: string, got: string, next: string) =>
        new StackFileError(`${where}: expected ${expected}, got ${got}`, next);
    const content = readYaml(text, ({ got, next }) =>
        refuse(file, "one document of YAML", got, next),
    );
    if (content !== null && !isObject(content)) {
        throw refuse(file, "the key config", showKind(content), "write the values under config");
    }
    const strange = Object.keys(content ?? {}).find((key) => !OF_PULUMI.includes(key));
    if (strange !== undefined) {
        const meant = nearest(strange, OF_PULUMI);
        const next =
            meant === undefined
                ? "indent the values below the line config:"
                : `did you mean ${meant}?`;
        throw refuse(
            file,
            "the key config with all values in it",
            `the key ${strange} beside it`,
            next,
        );
    }
    const config = content?.config ?? {};
    if (!isObject(config)) {
        const next = "write each as KEY: VALUE, without hyphens";
        throw refuse(`config in ${file}`, "keys with their values", showKind(config), next);
    }
    const twice = Object.keys(config).find((key) => fullKey(key) !== key && fullKey(key) in config);
    if (twice !== undefined) {
        const got = `${twice} and ${fullKey(twice)}, which are the same`;
        throw refuse(`config in ${file}`, "each key once", got, "remove one of them");
    }
    return Object.fromEntries(Object.entries(config).map(([key, value]) => [fullKey(key), value]));
}

/** A value as Pulumi hands it to the program: everything but single values as JSON. */
function toText(file: string, key: string, value: unknown): string {
    if (hasSecure(value)) {
        throw new StackFileError(
            `${key} in ${file} is encrypted and can't be decrypted here`,
            `give its value: --config ${key}=VALUE`,
        );
    }
    const nonNumber = findNonNumber(key, value);
    if (nonNumber !== undefined) {
        throw new StackFileError(
            `${nonNumber} in ${file}: expected a number, got .nan or .inf`,
            "give it a value, or remove the key",
        );
    }
    return typeof value === "string" ? value : JSON.stringify(value, withAllDigits);
}

/** TypeScript does not know it yet. */
const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown };

/** JSON has neither .nan nor .inf, so Pulumi refuses them. */
function findNonNumber(path: string, value: unknown): string | undefined {
    if (typeof value === "number" && !Number.isFinite(value)) {
        return path;
    }
    return typeof value === "object" && value !== null
        ? Object.entries(value)
              .map(([name, inner]) =>
                  findNonNumber(
                      joinPath(path, [Array.isArray(value) ? Number(name) : name]),
                      inner,
                  ),
              )
              .find((found) => found !== undefined)
        : undefined;
}

function withAllDigits(_: string, value: unknown): unknown {
    return typeof value === "bigint" ? rawJSON(String(value)) : value;
}

/** Users with something in place of each encrypted password: another one when that changes. */
function withStandIns(users: unknown): unknown {
    const standIn = (name: string, value: unknown) =>
        name === "password" && hasSecure(value)
            ? createHash("sha256").update(JSON.stringify(value, withAllDigits)).digest("hex")
            : withStandIns(value);
    if (Array.isArray(users)) {
        return users.map(withStandIns);
    }
    return typeof users === "object" && users !== null
        ? Object.fromEntries(
              Object.entries(users).map(([name, value]) => [name, standIn(name, value)]),
          )
        : users;
}

function hasSecure(value: unknown): boolean {
    return (
        typeof value === "object" &&
        value !== null &&
        ("secure" in value || Object.values(value).some(hasSecure))
    );
}
