import {
    copyFileSync,
    existsSync,
    mkdirSync,
    readdirSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { run } from "../run";
import { IMAGE_PACKAGES } from "../versions";
import { pathOf } from "./cache";
import { addClassArchive } from "./classArchive";
import { unpackSystem } from "./debian";
import { packLayer, type Image } from "./imageArchive";
import { kafkaCommands } from "./kafkaCommands";
import { kafkaLibs } from "./kafkaLibs";
import { KAFKA, type KafkaRelease } from "./kafkaReleases";

const CONFIG_FILES = join(__dirname, "kafka", "config");
const PATH = "/usr/bin:/usr/sbin";

/** The images of Kafka: each release is a layer of its own on the system that all share. */
export async function kafkaImages(
    work: string,
    content: string,
    say: (message: string) => void,
): Promise<Image[]> {
    const system = join(work, "system");
    mkdirSync(system);
    say("unpacking a JRE and a shell");
    await unpackSystem(system, IMAGE_PACKAGES, say);
    await finishSystem(system);
    const systemLayer = await packLayer(system, content, "system");
    const images: Image[] = [];
    for (const release of Object.values(KAFKA)) {
        const name = `kafka-${release.version}`;
        const layer = join(work, name);
        installKafka(layer, release);
        say(`archiving the classes of Kafka ${release.version}`);
        await addClassArchive(system, layer, work);
        images.push({
            name: release.image,
            layers: [systemLayer, await packLayer(layer, content, name)],
            config: { User: "1000:1000", Env: [`PATH=${PATH}`, "LANG=C.UTF-8"], WorkingDir: "/" },
        });
    }
    return images;
}

/** What the packages' installation scripts would do, as far as these images need it. */
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

function installKafka(rootfs: string, release: KafkaRelease): void {
    const home = join(rootfs, "opt/kafka");
    for (const folder of ["bin", "config", "libs"]) {
        mkdirSync(join(home, folder), { recursive: true });
    }
    const { file } = release.logging;
    for (const name of [file, `tools-${file}`]) {
        copyFileSync(join(CONFIG_FILES, name), join(home, "config", name));
    }
    const libs = pathOf(kafkaLibs(release));
    for (const jar of readdirSync(libs)) {
        copyFileSync(join(libs, jar), join(home, "libs", jar));
    }
    mkdirSync(join(rootfs, "usr/bin"), { recursive: true });
    for (const [name, script] of Object.entries(kafkaCommands(release))) {
        writeFileSync(join(rootfs, "usr/bin", name), script, { mode: 0o755 });
        // Under both names of a command: that of the packages for distributions, that of the release.
        symlinkSync(`/usr/bin/${name}`, join(home, "bin", `${name}.sh`));
    }
}
