import { createHash } from "node:crypto";
import { createReadStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { run } from "../run";

/** What a container started from an image has, unless its pod says otherwise. */
export interface ImageConfig {
    readonly User: string;
    readonly Env: readonly string[];
    readonly Entrypoint?: readonly string[];
    readonly WorkingDir: string;
}

/** A packed part of a root filesystem. */
export interface Layer {
    /** Its file in the folder that it was packed into. */
    readonly file: string;
    readonly digest: string;
}

/** What an archive says of an image. */
export interface Image {
    readonly name: string;
    /** Each lies on the one before it. */
    readonly layers: readonly Layer[];
    readonly config: ImageConfig;
}

/** Packs a folder as a layer into the folder for the content of an archive. */
export async function packLayer(rootfs: string, content: string, name: string): Promise<Layer> {
    const file = `${name}.tar`;
    // Owned by root, whoever unpacked it. Times stay: Java checks them against its class archive.
    await run("tar", [
        "--sort=name",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        "-cf",
        join(content, file),
        "-C",
        rootfs,
        ".",
    ]);
    const hash = createHash("sha256");
    await pipeline(createReadStream(join(content, file)), hash);
    return { file, digest: `sha256:${hash.digest("hex")}` };
}

/**
 * Packs images with their layers, which are in the content folder already. The format is the one of
 * `docker save`, which every runtime can load: layers, a configuration of each image, a manifest.
 */
export async function packImages(
    images: readonly Image[],
    content: string,
    archive: string,
): Promise<void> {
    const manifest = images.map(({ name, layers, config }, index) => {
        const file = `config-${index}.json`;
        const image = {
            architecture: "amd64",
            os: "linux",
            config,
            rootfs: { type: "layers", diff_ids: layers.map(({ digest }) => digest) },
        };
        writeFileSync(join(content, file), JSON.stringify(image));
        return { Config: file, RepoTags: [name], Layers: layers.map((layer) => layer.file) };
    });
    writeFileSync(join(content, "manifest.json"), JSON.stringify(manifest));
    await run("tar", ["-cf", archive, "-C", content, "."]);
}
