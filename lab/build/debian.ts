import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CACHE } from "../paths";
import { run } from "../run";
import { NODE_PACKAGES } from "../versions";
import { type Artifact } from "./cache";

/** Which packages were unpacked, one `name_version` a line. */
const LIST = "packages.txt";

/**
 * Debian's container runtime, etcd and their helpers, unpacked. The folder is named after what
 * was unpacked. One that exists is used until it is deleted, whatever apt offers by then:
 * a start of the lab needs neither apt nor a network.
 */
export async function nodePackages(): Promise<Artifact> {
    return {
        title: "containerd, runc, etcd, iptables (Debian packages, unpacked)",
        folder: await versionedFolder("node-packages", NODE_PACKAGES),
        build: async (folder, say) => {
            const archives = join(folder, "archives");
            // These run on this machine: what they need beside the list, it has.
            await download(archives, say, ["download", ...NODE_PACKAGES]);
            await unpack(archives, folder);
            // Debian makes these names when a package is installed.
            for (const name of ["iptables", "ip6tables"]) {
                for (const suffix of ["", "-save", "-restore"]) {
                    symlinkSync("xtables-nft-multi", join(folder, "usr/sbin", `${name}${suffix}`));
                }
            }
        },
    };
}

/** Downloads packages with everything that they need on an empty system, and unpacks them. */
export async function unpackSystem(
    folder: string,
    packages: readonly string[],
    say: (message: string) => void,
): Promise<void> {
    const archives = join(folder, "archives");
    // On an empty system the top-level folders are links into /usr before anything is unpacked.
    for (const name of ["bin", "sbin", "lib", "lib64"]) {
        mkdirSync(join(folder, "usr", name), { recursive: true });
        symlinkSync(join("usr", name), join(folder, name));
    }
    mkdirSync(join(archives, "partial"), { recursive: true });
    const status = join(archives, "status");
    writeFileSync(status, "");
    await download(archives, say, [
        "install",
        "--yes",
        "--no-install-recommends",
        "--download-only",
        ...aptOptions(status, archives),
        ...packages,
    ]);
    await unpack(archives, folder);
}

// Nothing of the machine's own package management is used or changed, only its sources.
function aptOptions(status: string, archives: string): string[] {
    return [
        `Dir::State::status=${status}`,
        `Dir::State::extended_states=${status}.extended`,
        `Dir::Cache::archives=${archives}`,
        "Debug::NoLocking=1",
    ].flatMap((option) => ["-o", option]);
}

async function download(
    archives: string,
    say: (message: string) => void,
    args: readonly string[],
): Promise<void> {
    mkdirSync(archives, { recursive: true });
    // apt's own download user cannot write below a home directory.
    const command = ["-o", "APT::Sandbox::User=root", ...args];
    try {
        await run("apt-get", command, { cwd: archives });
    } catch {
        // The lists are older than the archive. One source that fails must not hide the others.
        say("apt-get update");
        await run("apt-get", ["update"]).catch(() => undefined);
        await run("apt-get", command, { cwd: archives });
    }
}

async function unpack(archives: string, folder: string): Promise<void> {
    const files = readdirSync(archives).filter((file) => file.endsWith(".deb"));
    for (const file of files) {
        const tar = 'dpkg-deb --fsys-tarfile "$0" | tar -x -C "$1" --keep-directory-symlink';
        await run("bash", ["-o", "pipefail", "-c", tar, join(archives, file), folder]);
    }
    rmSync(archives, { recursive: true });
    const names = files.map((file) => decodeURIComponent(file).split("_").slice(0, 2).join("_"));
    writeFileSync(join(folder, LIST), `${names.sort().join("\n")}\n`);
}

/** The newest folder that was unpacked from these packages, or the name that it would get now. */
async function versionedFolder(component: string, packages: readonly string[]): Promise<string> {
    const selection = digest(packages.join(" "));
    const existing = existsSync(join(CACHE, component))
        ? readdirSync(join(CACHE, component)).filter(
              (name) => name.startsWith(`${selection}-`) && !name.endsWith(".unfinished"),
          )
        : [];
    const newest = existing.sort().at(-1);
    if (newest) {
        return join(component, newest);
    }
    // Without apt there is nothing to find out: the prerequisites name it.
    const policy = await run("apt-cache", ["policy", ...packages]).catch(() => "");
    const candidates = policy.split("\n").filter((line) => /^\S|Candidate:/.test(line));
    return join(component, `${selection}-${digest(candidates.join("\n"))}`);
}

function digest(text: string): string {
    return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
