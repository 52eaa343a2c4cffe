import { randomUUID } from "node:crypto";
import {
    existsSync,
    mkdirSync,
    readdirSync,
    realpathSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { KubernetesObject } from "@kubernetes/client-node";
import { stringify } from "yaml";
import { RenderError } from "./errors";

/** Names of the files that {@link writeObjects} writes. */
const OBJECT_FILE = /^\d{3,}-[a-z0-9.-]+\.yaml$/;

/** Name of an object's file: the order of the names is the order of the objects. */
export function fileName(object: KubernetesObject, index: number): string {
    const number = String(index + 1).padStart(3, "0");
    return `${number}-${object.kind?.toLowerCase()}-${object.metadata?.name}.yaml`;
}

/** An object as YAML, without what speaks to Pulumi's provider only. */
export function toYaml(object: KubernetesObject): string {
    // Long lines are kept: folded ones are hard to compare.
    return stringify(withoutPulumiAnnotations(object), {
        lineWidth: 0,
        aliasDuplicateObjects: false,
    });
}

/** All objects as one stream of YAML documents. */
export function toYamlStream(objects: readonly KubernetesObject[]): string {
    return objects.map((object) => `---\n${toYaml(object)}`).join("");
}

/** An object without the annotations `pulumi.com/…`. */
export function withoutPulumiAnnotations(object: KubernetesObject): KubernetesObject {
    const { annotations, ...metadata } = object.metadata ?? {};
    const kept = Object.entries(annotations ?? {}).filter(
        ([key]) => !key.startsWith("pulumi.com/"),
    );
    return {
        ...object,
        metadata: {
            ...metadata,
            ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
        },
    };
}

/**
 * Writes one file for each object and nothing else into a directory, or leaves the directory as it is.
 *
 * @throws {@link RenderError} when the directory holds anything but an earlier rendering.
 */
export function writeObjects(directory: string, objects: readonly KubernetesObject[]): void {
    const target = existsSync(directory) ? realpathSync(directory) : resolve(directory);
    requireReplaceable(target);
    mkdirSync(dirname(target), { recursive: true });
    // Beside the target, so that it can be moved there in one step.
    const made = `${target}.${randomUUID()}`;
    const old = `${made}.old`;
    try {
        mkdirSync(made);
        objects.forEach((object, index) =>
            writeFileSync(join(made, fileName(object, index)), toYaml(object)),
        );
        if (existsSync(target)) {
            renameSync(target, old);
        }
        renameSync(made, target);
    } finally {
        rmSync(made, { recursive: true, force: true });
        rmSync(old, { recursive: true, force: true });
    }
}

function requireReplaceable(target: string): void {
    let names: string[];
    try {
        names = readdirSync(target);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return;
        }
        throw new RenderError(`${target} is not a directory`, "give another one with --out");
    }
    const foreign = names.find((name) => !OBJECT_FILE.test(name));
    if (foreign !== undefined) {
        throw new RenderError(
            `${target} holds ${foreign}, which is not from an earlier rendering`,
            "give an empty or a new directory with --out",
        );
    }
}
