import { spawn } from "node:child_process";
import { once } from "node:events";
import {
    chmodSync,
    copyFileSync,
    cpSync,
    existsSync,
    mkdirSync,
    readdirSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { run, succeeds } from "../run";
import { IMAGE_PACKAGES, VERSIONS } from "../versions";
import { waitFor } from "../wait";
import { digestOf, pathOf, type Artifact } from "./cache";
import { unpackSystem } from "./debian";
import { goBuild } from "./golang";
import { packImage } from "./imageArchive";
import { kafkaCommands } from "./kafkaCommands";
import { kafkaLibs } from "./kafkaLibs";

/** The image of Kafka and ZooKeeper, with the tools of both. */
export const KAFKA_IMAGE = `docker.io/lab/kafka:${VERSIONS.kafka}`;
/** The image that holds the namespaces of a pod. */
export const PAUSE_IMAGE = `docker.io/lab/pause:${VERSIONS.pause}`;

const KAFKA_FILES = join(__dirname, "kafka");
const PAUSE_MODULE = join(__dirname, "pause");
const PATH = "/usr/bin:/usr/sbin";

/**
 * The images, as the data folder of a containerd that has imported and unpacked them. A node
 * starts with a copy, so that no node imports anything.
 */
export function imageStore(nodePackages: Artifact): Artifact {
    const sources = digestOf(
        KAFKA_FILES,
        PAUSE_MODULE,
        join(__dirname, "images.ts"),
        join(__dirname, "imageArchive.ts"),
        join(__dirname, "kafkaCommands.ts"),
        join(__dirname, "..", "versions.ts"),
    );
    return {
        title: `image ${KAFKA_IMAGE}`,
        folder: join("images", `${VERSIONS.kafka}-${sources}`),
        async build(folder, say) {
            const work = `${folder}.work`;
            rmSync(work, { recursive: true, force: true });
            for (const [name, make] of [
                ["pause", pauseImage],
                ["kafka", kafkaImage],
            ] as const) {
                mkdirSync(join(work, name, "rootfs"), { recursive: true });
                const archive = await make(join(work, name), say);
                say(`importing the ${name} image`);
                await importImage(pathOf(nodePackages), archive, folder, work);
            }
            rmSync(work, { recursive: true });
        },
    };
}

async function pauseImage(work: string, say: (message: string) => void): Promise<string> {
    const rootfs = join(work, "rootfs");
    await goBuild(PAUSE_MODULE, rootfs, ".", say);
    return packImage(
        PAUSE_IMAGE,
        rootfs,
        { User: "65535:65535", Env: [], Entrypoint: ["/pause"], WorkingDir: "/" },
        work,
    );
}

async function kafkaImage(work: string, say: (message: string) => void): Promise<string> {
    const rootfs = join(work, "rootfs");
    say("unpacking a JRE and a shell");
    await unpackSystem(rootfs, IMAGE_PACKAGES, say);
    await finishSystem(rootfs);
    installKafka(rootfs);
    say("packing the kafka image");
    return packImage(
        KAFKA_IMAGE,
        rootfs,
        { User: "1000:1000", Env: [`PATH=${PATH}`, "LANG=C.UTF-8"], WorkingDir: "/" },
        work,
    );
}

/** What the packages' installation scripts would do, as far as this image needs it. */
async function finishSystem(rootfs: string): Promise<void> {
    const java = "/usr/lib/jvm/java-17-openjdk-amd64";
    for (const [target, name] of [
        ["bash", "sh"],
        ["mawk", "awk"],
        ...["java", "keytool"].map((tool) => [`${java}/bin/${tool}`, tool] as const),
    ] as const) {
        symlinkSync(target, join(rootfs, "usr/bin", name));
    }
    writeFileSync(
        join(rootfs, "etc/passwd"),
        "root:x:0:0:root:/:/usr/bin/bash\nkafka:x:1000:1000:kafka:/:/usr/bin/bash\n",
    );
    writeFileSync(join(rootfs, "etc/group"), "root:x:0:\nkafka:x:1000:\n");
    for (const name of ["doc", "man", "locale", "info", "perl", "fonts"]) {
        rmSync(join(rootfs, "usr/share", name), { recursive: true, force: true });
    }
    await run("ldconfig", ["-r", rootfs]);
    // Without its archive of preloaded classes each start of a tool takes half a second longer.
    if (!existsSync(join(rootfs, java, "lib/server/classes.jsa"))) {
        throw new Error("the JRE of the image has no class data sharing archive");
    }
}

function installKafka(rootfs: string): void {
    const home = join(rootfs, "opt/kafka");
    mkdirSync(join(home, "bin"), { recursive: true });
    cpSync(join(KAFKA_FILES, "config"), join(home, "config"), { recursive: true });
    mkdirSync(join(home, "libs"));
    for (const jar of readdirSync(pathOf(kafkaLibs))) {
        copyFileSync(join(pathOf(kafkaLibs), jar), join(home, "libs", jar));
    }
    const launcher = join(rootfs, "usr/bin/kafka-run-class");
    copyFileSync(join(KAFKA_FILES, "kafka-run-class"), launcher);
    chmodSync(launcher, 0o755);
    for (const [name, script] of Object.entries(kafkaCommands())) {
        writeFileSync(join(rootfs, "usr/bin", name), script, { mode: 0o755 });
    }
    // Under both names of a command: that of the packages for distributions, that of the release.
    for (const name of ["kafka-run-class", ...Object.keys(kafkaCommands())]) {
        symlinkSync(`/usr/bin/${name}`, join(home, "bin", `${name}.sh`));
    }
}

/** Imports an image into a containerd that runs only for this, beside any other on the machine. */
async function importImage(
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
