import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderProperties } from "../../components/kubernetes/files";
import { ended } from "../../lab/bench/java";

/** Small, and quick to start. */
const OPTIONS = ["-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];

/** What a program printed, and how it ended. */
export interface Outcome {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** Servers of ZooKeeper and Kafka as plain processes of this machine. They end with it. */
export class PlainServers {
    readonly directory = mkdtempSync(join(tmpdir(), "kafka-eks-servers-"));
    private readonly running = new Map<string, ChildProcess>();

    /** @param libs Folder of the jars. */
    start(
        name: string,
        libs: string,
        main: string,
        properties: Readonly<Record<string, string>>,
    ): void {
        const file = join(this.directory, `${name}.properties`);
        writeFileSync(file, renderProperties(properties));
        const log = openSync(join(this.directory, `${name}.log`), "a");
        // A process that is killed can't end what it has started.
        const command = ["--pdeathsig", "KILL", "--", "java", ...OPTIONS, "-cp", `${libs}/*`, main];
        this.running.set(
            name,
            spawn("setpriv", [...command, file], { stdio: ["ignore", log, log] }),
        );
        closeSync(log);
    }

    /** Lets a server stop in its own way. */
    async stop(name: string): Promise<void> {
        this.signal(name, "SIGTERM");
        await ended(this.running.get(name)!);
        this.running.delete(name);
    }

    /** Sends a signal to a server, as `SIGSTOP`, with which it hangs. */
    signal(name: string, signal: NodeJS.Signals): void {
        this.running.get(name)!.kill(signal);
    }

    /** Ends all of them at once, and deletes what they wrote. */
    async remove(): Promise<void> {
        for (const server of this.running.values()) {
            server.kill("SIGKILL");
            await ended(server);
        }
        rmSync(this.directory, { recursive: true });
    }
}

/**
 * Runs a Java program to its end.
 *
 * @param options Options of its JVM.
 */
export function runJava(
    classpath: readonly string[],
    main: string,
    args: readonly string[],
    options: readonly string[] = [],
): Promise<Outcome> {
    return new Promise((resolve) => {
        const command = [...OPTIONS, ...options, "-cp", classpath.join(":"), main, ...args];
        execFile("java", command, (error, stdout, stderr) => {
            resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
        });
    });
}
