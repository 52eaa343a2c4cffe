import { randomUUID } from "node:crypto";
import {
    existsSync,
    mkdirSync,
    readdirSync,
    realpathSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import type { KubernetesObject } from "@kubernetes/client-node";
import { stringify } from "yaml";
import { FILES_OF_LABEL } from "../../components/kubernetes/labels";
import { RenderError } from "./errors";

/** What a rendering consists of, by path within its directory. */
const RENDERED =
    /^(kustomization\.yaml|(namespace|gates|base|zookeeper|kafka|finish|operators|by-hand|helm)(\/[a-z0-9.-]+\.yaml)?)$/;

/** Texts of files by their paths within a directory. */
export type FileTexts = ReadonlyMap<string, string>;

/** Name of an object's file. It stays when the object's content changes, also where its name has a hash of that. */
export function fileName({ kind, metadata }: KubernetesObject): string {
    const { name = "", labels } = metadata ?? {};
    const stable = labels?.[FILES_OF_LABEL] === undefined ? name : name.replace(/-[0-9a-f]+$/, "");
    return `${kind?.toLowerCase()}-${stable}.yaml`;
}

/** The file that names the files or folders beside it, for kustomize and those who use it. */
export function kustomization(resources: readonly string[]): string {
    return stringify({
        apiVersion: "kustomize.config.k8s.io/v1beta1",
        kind: "Kustomization",
        resources,
    });
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
 * Writes files and nothing else into a directory, or leaves the directory as it is.
 *
 * @throws {@link RenderError} when the directory holds anything but an earlier rendering, or can't be written.
 */
export function writeRendering(directory: string, files: FileTexts): void {
    try {
        replaceDirectory(directory, files);
    } catch (cause) {
        const { code } = cause as NodeJS.ErrnoException;
        throw code === undefined
            ? cause
            : new RenderError(
                  `--out: expected a directory that can be written, got ${directory} (${code})`,
                  "give another one with --out",
                  { cause },
              );
    }
}

function replaceDirectory(directory: string, files: FileTexts): void {
    const target = existsSync(directory) ? realpathSync(directory) : resolve(directory);
    requireReplaceable(target);
    mkdirSync(dirname(target), { recursive: true });
    // Beside the target, so that it can be moved there in one step.
    const made = `${target}.${randomUUID()}`;
    const old = `${made}.old`;
    try {
        mkdirSync(made);
        for (const [path, text] of files) {
            mkdirSync(dirname(join(made, path)), { recursive: true });
            writeFileSync(join(made, path), text);
        }
        if (existsSync(target)) {
            renameSync(target, old);
        }
        renameSync(made, target);
    } finally {
        // Of what is not there, Node may say something that hides the reason.
        [made, old]
            .filter((path) => existsSync(path))
            .forEach((path) => rmSync(path, { recursive: true, force: true }));
    }
}

function requireReplaceable(target: string): void {
    if (!existsSync(target)) {
        return;
    }
    if (!statSync(target).isDirectory()) {
        throw new RenderError(`${target} is not a directory`, "give another one with --out");
    }
    const isForeign = (path: string) => !RENDERED.test(path.replaceAll(sep, "/"));
    // Whatever is foreign at the top spares the walk through all of it.
    const foreign =
        readdirSync(target).find(isForeign) ??
        readdirSync(target, { recursive: true, encoding: "utf8" }).find(isForeign);
    if (foreign !== undefined) {
        throw new RenderError(
            `${target} holds ${foreign}, which is not from an earlier rendering`,
            "give an empty or a new directory with --out",
        );
    }
}
