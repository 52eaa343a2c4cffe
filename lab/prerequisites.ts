import { existsSync, readFileSync, statfsSync } from "node:fs";
import { totalmem } from "node:os";
import { dirname } from "node:path";
import { overlap, RANGES } from "./cluster/addresses";
import { javaVersion, printedVersion } from "./java";
import { HOST_INTERFACE } from "./cluster/network";
import { findOnPath } from "./onPath";
import { CACHE, STATE } from "./paths";
import { run } from "./run";
import { VERSIONS } from "./versions";

const GIB = 2 ** 30;

/** What the machine is found to have. */
export interface Machine {
    readonly platform: string;
    readonly architecture: string;
    /** The code name of the Linux distribution's release. */
    readonly release: string;
    readonly root: boolean;
    readonly memory: number;
    /** Free space in bytes where the cache and where the state is. */
    readonly cacheSpace: number;
    readonly stateSpace: number;
    /** Which of the wanted programs are on PATH. */
    readonly programs: ReadonlySet<string>;
    /** Versions as the programs print them, empty without the program. */
    readonly go: string;
    readonly java: string;
    /** Kernel features that are available. */
    readonly overlay: boolean;
    readonly bridgeFilter: boolean;
    /** Ranges that interfaces and routes of others occupy. */
    readonly occupied: readonly { range: string; by: string }[];
}

/** Its packages have the names and versions that the lab was tried with. */
const DEBIAN = "bookworm";

const RUN_PROGRAMS = ["bash", "cp", "ip", "mount", "nsenter", "openssl", "unshare"];
const BUILD_PROGRAMS = [
    "apt-cache",
    "apt-get",
    "dpkg-deb",
    "go",
    "java",
    "javac",
    "ldconfig",
    "mvn",
    "setpriv",
    "tar",
];

/** Everything that is missing, each with what to do about it. Empty if the lab can start. */
export function problemsOf(machine: Machine, toBuild: boolean): string[] {
    const problems: string[] = [];
    const expect = (fine: boolean, problem: string): void => {
        if (!fine) {
            problems.push(problem);
        }
    };
    expect(machine.platform === "linux", `Linux is needed, this is ${machine.platform}`);
    expect(
        machine.architecture === "x64",
        `an x64 processor is needed, this is ${machine.architecture}`,
    );
    expect(machine.root, "root is needed: run this as root");
    expect(
        machine.memory >= 7 * GIB,
        `8 GiB of memory are needed, there are ${gib(machine.memory)}`,
    );
    const programs = [...RUN_PROGRAMS, ...(toBuild ? BUILD_PROGRAMS : [])];
    const missing = programs.filter((program) => !machine.programs.has(program));
    expect(missing.length === 0, `not on PATH: ${missing.join(", ")}`);
    expect(machine.overlay, "the kernel has no overlay filesystem: modprobe overlay");
    expect(machine.bridgeFilter, "the kernel has no filter on bridges: modprobe br_netfilter");
    expect(
        machine.stateSpace >= 5 * GIB,
        `5 GiB are needed for ${STATE}, ${gib(machine.stateSpace)} are free`,
    );
    if (toBuild) {
        expect(
            machine.release === DEBIAN,
            `packages of Debian ${DEBIAN} are needed, this is ${machine.release || "another system"}`,
        );
        expect(
            machine.cacheSpace >= 12 * GIB,
            `12 GiB are needed to build into ${CACHE}, ${gib(machine.cacheSpace)} are free`,
        );
        const go = /go(\d+\.\d+)/.exec(machine.go)?.[1];
        expect(
            go === undefined || compareVersions(go, VERSIONS.go) >= 0,
            `Go ${VERSIONS.go} is needed, this is ${go}`,
        );
        const java = javaVersion(machine.java);
        expect(
            java === undefined || java >= VERSIONS.java,
            `Java ${VERSIONS.java} is needed, this is ${java}`,
        );
    }
    for (const [purpose, range] of Object.entries(RANGES)) {
        for (const other of machine.occupied.filter((one) => overlap(one.range, range))) {
            problems.push(`${range} (${purpose}) is in use: ${other.range} by ${other.by}`);
        }
    }
    return problems;
}

/**
 * Checks that the lab can be built, if need be, and started.
 *
 * @throws Error that names everything that is missing.
 */
export async function checkPrerequisites(toBuild: boolean): Promise<void> {
    const problems = problemsOf(await inspectMachine(), toBuild);
    if (problems.length > 0) {
        const list = problems.map((problem) => `  - ${problem}`).join("\n");
        throw new Error(`this machine lacks something for the lab:\n${list}`);
    }
}

async function inspectMachine(): Promise<Machine> {
    const output = (command: string, ...args: string[]): Promise<string> =>
        run(command, args).catch(() => "");
    const [go, java, addresses, routes] = await Promise.all([
        output("go", "version"),
        printedVersion("java"),
        output("ip", "-json", "-4", "address"),
        output("ip", "-json", "-4", "route", "show", "table", "all"),
    ]);
    return {
        platform: process.platform,
        architecture: process.arch,
        release: /^VERSION_CODENAME=(\S+)/m.exec(readText("/etc/os-release"))?.[1] ?? "",
        root: process.getuid?.() === 0,
        memory: totalmem(),
        cacheSpace: freeSpace(CACHE),
        stateSpace: freeSpace(STATE),
        programs: new Set(
            [...RUN_PROGRAMS, ...BUILD_PROGRAMS].filter((each) => findOnPath(each) !== undefined),
        ),
        go,
        java,
        overlay: readText("/proc/filesystems").includes("\toverlay\n"),
        bridgeFilter: existsSync("/proc/sys/net/bridge/bridge-nf-call-iptables"),
        occupied: occupiedRanges(addresses, routes),
    };
}

interface IpAddress {
    ifname: string;
    addr_info: { local: string; prefixlen: number }[];
}

interface IpRoute {
    dst: string;
    dev?: string;
    /** Instead of `dev`, of a route with several ways. */
    nexthops?: { dev: string }[];
    type?: string;
}

/** What others occupy, from the JSON output of `ip address` and `ip route`. */
export function occupiedRanges(addresses: string, routes: string): Machine["occupied"] {
    const parse = <T>(text: string): T[] => (text.trim() ? (JSON.parse(text) as T[]) : []);
    const interfaces = parse<IpAddress>(addresses)
        .filter(({ ifname }) => ifname !== HOST_INTERFACE)
        .flatMap(({ ifname, addr_info }) =>
            addr_info.map(({ local, prefixlen }) => ({
                range: `${local}/${prefixlen}`,
                by: ifname,
            })),
        );
    const lab = Object.values(RANGES) as string[];
    const destinations = parse<IpRoute>(routes)
        .map((route) => ({ ...route, dev: route.dev ?? route.nexthops?.[0]?.dev }))
        .filter((route) => route.dst !== "default" && route.dev !== HOST_INTERFACE)
        // The lab's own, of which an unclean stop may have left some.
        .filter((route) => !(route.type === "blackhole" && lab.includes(route.dst)))
        .map((route) => ({
            range: route.dst,
            by: `a route${route.dev ? ` to ${route.dev}` : ""}`,
        }));
    return [...interfaces, ...destinations];
}

/** Below zero if the first version, as `1.26`, is the lower one; zero if they are equal. */
export function compareVersions(left: string, right: string): number {
    const [a, b] = [left, right].map((version) => version.split(".").map(Number));
    return (a?.[0] ?? 0) - (b?.[0] ?? 0) || (a?.[1] ?? 0) - (b?.[1] ?? 0);
}

function freeSpace(path: string): number {
    const existing = existsSync(path) ? path : undefined;
    if (existing === undefined) {
        return freeSpace(dirname(path));
    }
    const { bavail, bsize } = statfsSync(existing);
    return bavail * bsize;
}

function readText(path: string): string {
    return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function gib(bytes: number): string {
    return `${(bytes / GIB).toFixed(1)} GiB`;
}
