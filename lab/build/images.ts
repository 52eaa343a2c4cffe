import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, succeeds } from "../run";
import { VERSIONS } from "../versions";
import { waitFor } from "../wait";
import { digestOf, pathOf, type Artifact } from "./cache";
import { goBuild } from "./golang";
import { packImages, packLayer, type Image } from "./imageArchive";
import { kafkaImages } from "./kafkaImages";
import { KAFKA } from "./kafkaReleases";

/** The image that holds the namespaces of a pod. */
export const PAUSE_IMAGE = `docker.io/lab/pause:${VERSIONS.pause}`;

const PAUSE_MODULE = join(__dirname, "pause");

/**
 * The images, as the data folder of a containerd that has imported and unpacked them. A node
 * starts with a copy, so that no node imports anything.
 */
export function imageStore(nodePackages: Artifact): Artifact {
    const sources = digestOf(
        join(__dirname, "kafka"),
        PAUSE_MODULE,
        join(__dirname, "classArchive.ts"),
        join(__dirname, "images.ts"),
        join(__dirname, "imageArchive.ts"),
        join(__dirname, "kafkaCommands.ts"),
        join(__dirname, "kafkaImages.ts"),
        join(__dirname, "kafkaReleases.ts"),
        join(__dirname, "..", "versions.ts"),
    );
    const releases = Object.values(KAFKA);
    return {
        title: `images ${releases.map(({ image }) => image).join(", ")}`,
        folder: join("images", [...releases.map(({ version }) => version), sources].join("-")),
        async build(folder, say) {
            const work = `${folder}.work`;
            rmSync(work, { recursive: true, force: true });
            const content = join(work, "content");
            mkdirSync(content, { recursive: true });
            const images = [
                await pauseImage(work, content, say),
                ...(await kafkaImages(work, content, say)),
            ];
            say("packing the images");
            const archive = join(work, "images.tar");
            await packImages(images, content, archive);
            say("importing the images");
            await importImages(pathOf(nodePackages), archive, folder, work);
            rmSync(work, { recursive: true });
        },
    };
}

async function pauseImage(
    work: string,
    content: string,
    say: (message: string) => void,
): Promise<Image> {
    const rootfs = join(work, "pause");
    mkdirSync(rootfs);
    await goBuild(PAUSE_MODULE, rootfs, ".", say);
    return {
        name: PAUSE_IMAGE,
        layers: [await packLayer(rootfs, content, "pause")],
        config: { User: "65535:65535", Env: [], Entrypoint: ["/pause"], WorkingDir: "/" },
    };
}

/** Imports images into a containerd that runs only for this, beside any other on the machine. */
async function importImages(
    packages: string,
    archive: string,
    store: string,
    work: string,
): Promise<void> {
    const socket = join(work, "containerd.sock");
    const configuration = join(work, "containerd.toml");
    writeFileSync(
        configuration,
        [
            "version = 2",
            `root = "${store}"`,
            `state = "${join(work, "containerd")}"`,
            'disabled_plugins = ["io.containerd.grpc.v1.cri"]',
            "[grpc]",
            `address = "${socket}"`,
            "",
        ].join("\n"),
    );
    const bin = join(packages, "usr/bin");
    // Ends with this process, however that ends.
    const containerd = spawn(
        "setpriv",
        ["--pdeathsig", "SIGKILL", join(bin, "containerd"), "--config", configuration],
        { stdio: "ignore" },
    );
    try {
        const ctr = ["--address", socket, "--namespace", "k8s.io"];
        await waitFor("containerd", 20, () => succeeds(join(bin, "ctr"), [...ctr, "version"]));
        await run(join(bin, "ctr"), [...ctr, "images", "import", archive]);
    } finally {
        containerd.kill("SIGTERM");
        if (containerd.exitCode === null && containerd.signalCode === null) {
            await once(containerd, "exit");
        }
    }
}
