import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { readScript } from "../../components/statefulset/scripts";

/**
 * The scripts run for real, each in namespaces of its own: with the text, the paths, the ports and the host names that they
 * have in a pod. Kafka's tools are stand-ins that answer as the tests say, so what the real ones answer is not proven here.
 */
const SCRIPTS = join(__dirname, "../../components/statefulset");
const NAMESPACES = "--user --map-root-user --mount --net --pid --fork --kill-child".split(" ");

const PREPARE = `
    set -euo pipefail
    ip link set lo up
    mount -t tmpfs tmpfs /run
    mkdir /run/kafka /run/zookeeper-jaas
    cp -r "$SANDBOX/zookeeper-auth" /run
    mount -t tmpfs tmpfs /var/lib
    mkdir -p /var/lib/zookeeper/data /var/lib/kafka/data/kafka-logs
    if [[ $EMPTY_VOLUME == false ]]; then
        touch /var/lib/kafka/data/kafka-logs/meta.properties
    fi
    mount --bind "$SANDBOX/hosts" /etc/hosts
    if [[ -f $SANDBOX/resolv.conf ]]; then
        mount --bind "$SANDBOX/resolv.conf" /etc/resolv.conf
    fi
    if [[ $READ_ONLY == true ]]; then
        for directory in / /tmp /var/tmp; do
            mountpoint -q "$directory" || mount --bind "$directory" "$directory"
        done
        # Stays writable, for the calls of the programs.
        mount --bind "$SANDBOX" "$SANDBOX"
        mount -o remount,bind,ro /
        mount -o remount,bind,ro /tmp
        mount -o remount,bind,ro /var/tmp
        cd /
    fi
    if [[ $LISTENERS != "[]" ]]; then
        exec 4< <("$NODE" "$SANDBOX/listeners.js" "$LISTENERS")
        read -r -u 4
    fi
`;

const LISTENERS = `
    const listeners = JSON.parse(process.argv[2]);
    Promise.all(listeners.map(({ host, port, answers, staysOpen, resets }) => new Promise((done) => {
        const server = require("node:net").createServer({ allowHalfOpen: true }, (socket) => {
            let asked = "";
            const answer = () => {
                if (staysOpen && Object.hasOwn(answers, asked)) socket.write(answers[asked]);
                if (!staysOpen) socket.end(answers[asked] ?? "");
            };
            socket.on("error", () => {});
            socket.on("data", (bytes) => {
                asked += bytes.toString("latin1");
                if (resets) socket.resetAndDestroy();
                else answer();
            });
            if (Object.hasOwn(answers, asked)) answer();
        });
        server.listen(port, host, done);
    }))).then(() => console.log("ready"));
`;

/** A port that is open, and what is answered there to which bytes (Latin-1); to none of them, at once. */
interface FakeListener {
    readonly host: string;
    readonly port: number;
    readonly answers?: Readonly<Record<string, string>>;
    /** Whether a connection stays open; otherwise whatever is said there closes it. */
    readonly staysOpen?: boolean;
    /** Whether a connection is reset by whatever is said there. */
    readonly resets?: boolean;
}

/** What a script finds around it. */
export interface Sandbox {
    readonly env?: Readonly<Record<string, string>>;
    readonly listeners?: readonly FakeListener[];
    /** Programs on PATH, as bash scripts. */
    readonly programs?: Readonly<Record<string, string>>;
    /** Files beside the scripts. */
    readonly files?: Readonly<Record<string, string>>;
    readonly hosts?: string;
    /**
     * What the kubelet writes to `/etc/resolv.conf`.
     *
     * @default - This machine's.
     */
    readonly resolvConf?: string;
    /**
     * Files of the Secret with ZooKeeper's password.
     *
     * @default - The password is `secret`.
     */
    readonly zookeeperAuth?: Readonly<Record<string, string>>;
    /** Whether the broker's volume holds no broker yet. */
    readonly emptyVolume?: boolean;
    /** Whether nothing can be written but below `/run` and `/var/lib`, as in a pod without volumes. */
    readonly readOnly?: boolean;
    /** Changes of the script's text, each of which has to be possible. */
    readonly replace?: readonly (readonly [string, string])[];
    /** Arguments of the script, as bash writes them. */
    readonly args?: string;
    /** How often the script is run; the status is that of the last time. */
    readonly times?: number;
}

/** Skips a suite on a machine that makes no namespaces; for its `before`. */
export function requireNamespaces(context: Mocha.Context): void {
    const command = "ip link set lo up && mount -t tmpfs tmpfs /run";
    const probe = spawnSync("unshare", [...NAMESPACES, "bash", "-c", command], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
    });
    if (probe.status !== 0) {
        const why = (probe.error?.message ?? probe.stderr).trim();
        console.log(`    skipped: this machine makes no namespaces for them (${why})`);
        context.skip();
    }
}

/** Runs a script; `calls` are the calls of the programs, in order. */
export function run(script: string, sandbox: Sandbox = {}) {
    const directory = mkdtempSync(join(tmpdir(), "scripts-"));
    try {
        const [config, bin] = [join(directory, "config"), join(directory, "bin")];
        mkdirSync(config);
        for (const path of globSync("{*,*/*}.{sh,properties}", { cwd: SCRIPTS })) {
            writeFileSync(join(config, basename(path)), readScript(path));
        }
        mkdirSync(bin);
        mkdirSync(join(directory, "zookeeper-auth"));
        for (const [name, text] of Object.entries(
            sandbox.zookeeperAuth ?? { password: "secret" },
        )) {
            writeFileSync(join(directory, "zookeeper-auth", name), text);
        }
        for (const [name, text] of Object.entries(sandbox.files ?? {})) {
            writeFileSync(join(config, name), text);
        }
        for (const [name, text] of Object.entries(sandbox.programs ?? {})) {
            const logged = `#!/usr/bin/env bash\necho "${name} $*" >>"$SANDBOX/calls"\n${text}\n`;
            writeFileSync(join(bin, name), logged, { mode: 0o755 });
        }
        writeFileSync(join(directory, "hosts"), sandbox.hosts ?? "127.0.0.1 localhost\n");
        if (sandbox.resolvConf !== undefined) {
            writeFileSync(join(directory, "resolv.conf"), sandbox.resolvConf);
        }
        writeFileSync(join(directory, "listeners.js"), LISTENERS);
        writeFileSync(join(directory, "calls"), "");
        let text = readFileSync(join(config, script), "utf8");
        for (const [before, after] of sandbox.replace ?? []) {
            assert.ok(text.includes(before), `${script} has no ${before}`);
            text = text.replace(before, after);
        }
        writeFileSync(join(config, script), text);
        const once = `bash "$SANDBOX/config/${script}" ${sandbox.args ?? ""} || status=$?`;
        const command = `${PREPARE}\n${`status=0; ${once}\n`.repeat(sandbox.times ?? 1)}\nexit $status`;
        const listeners = (sandbox.listeners ?? []).map((each) => ({ answers: {}, ...each }));
        const { status, stdout, stderr } = spawnSync(
            "unshare",
            [...NAMESPACES, "bash", "-c", command],
            {
                encoding: "utf8",
                // A bash whose input is a socket, as Node's pipes are, reads the user's .bashrc.
                stdio: ["ignore", "pipe", "pipe"],
                env: {
                    PATH: `${bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
                    SANDBOX: directory,
                    NODE: process.execPath,
                    LISTENERS: JSON.stringify(listeners),
                    READ_ONLY: String(sandbox.readOnly === true),
                    EMPTY_VOLUME: String(sandbox.emptyVolume === true),
                    ...sandbox.env,
                },
            },
        );
        const calls = readFileSync(join(directory, "calls"), "utf8").split("\n").filter(Boolean);
        return {
            status,
            stdout,
            stderr,
            // Without the name that the directory has this time.
            calls: calls.map((call) => call.replaceAll(directory, "")),
        };
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}

/** A call whose files are named by what they are for: bash numbers the descriptors. */
export function withoutDescriptors(call: string): string {
    return call.replace(/(--command-config|--add-config-file) \S+/g, "$1 FILE");
}
