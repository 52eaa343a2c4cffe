import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { run } from "../run";

/** What a container started from an image has, unless its pod says otherwise. */
export interface ImageConfig {
    readonly User: string;
    readonly Env: readonly string[];
    readonly Entrypoint?: readonly string[];
    readonly WorkingDir: string;
}

/**
 * Packs a root filesystem as an image of one layer and returns the archive. The format is the one
 * of `docker save`, which every runtime can load: a layer, a configuration, a manifest.
 */
export async function packImage(
    name: string,
    rootfs: string,
    config: ImageConfig,
    workFolder: string,
): Promise<string> {
    const content = join(workFolder, "content");
    mkdirSync(content);
    const layer = join(content, "layer.tar");
    // Owned by root, whoever unpacked it. Times stay: Java checks them against its class archive.
    await run("tar", [
        "--sort=name",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        "-cf",
        layer,
        "-C",
        rootfs,
        ".",
    ]);
    const hash = createHash("sha256");
    await pipeline(createReadStream(layer), hash);
    const image = {
        architecture: "amd64",
        os: "linux",
        config,
        rootfs: { type: "layers", diff_ids: [`sha256:${hash.digest("hex")}`] },
    };
    writeFileSync(join(content, "config.json"), JSON.stringify(image));
    const manifest = [{ Config: "config.json", RepoTags: [name], Layers: [basename(layer)] }];
    writeFileSync(join(content, "manifest.json"), JSON.stringify(manifest));
    const archive = join(workFolder, "image.tar");
    await run("tar", ["-cf", archive, "-C", content, "."]);
    return archive;
}
