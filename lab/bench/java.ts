import { type ChildProcess, execFile, spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { labKafkaLibs } from "..";
import { withLabDns } from "./labNetwork";

const execute = promisify(execFile);

const SOURCES = join(__dirname, "java");
/** The JVM would keep the address of a restarted broker for 30 s. */
const CLIENT_OPTIONS = [
    "-Xms256m",
    "-Xmx256m",
    "-Dsun.net.inetaddr.ttl=2",
    "-Dsun.net.inetaddr.negative.ttl=1",
    // Kafka's own settings for tools: warnings only.
    `-Dlog4j.configuration=file:${join(__dirname, "../build/kafka/config/tools-log4j.properties")}`,
];

/** Runs Java programs with Kafka's jars of the lab, the programs of the benchmark among them. */
export class Java {
    private constructor(private readonly directory: string) {}

    /** Compiles the programs of the benchmark. */
    static async compile(directory: string): Promise<Java> {
        const java = new Java(directory);
        mkdirSync(java.classes, { recursive: true });
        const sources = readdirSync(SOURCES).map((file) => join(SOURCES, file));
        const options = ["-cp", join(labKafkaLibs(), "*"), "-d", java.classes];
        await execute("javac", [...options, ...sources]);
        return java;
    }

    /** Runs a Kafka client to its end and returns what it printed. */
    async runClient(
        main: string,
        args: readonly string[],
        { timeoutMs }: { readonly timeoutMs: number },
    ): Promise<string> {
        const [command, ...rest] = this.clientCommand(main, args);
        const limits = { timeout: timeoutMs, killSignal: "SIGKILL" } as const;
        const { stdout } = await execute(command!, rest, { ...limits, maxBuffer: 2 ** 24 });
        return stdout;
    }

    /**
     * Starts a Kafka client that ends by itself when its standard input does.
     *
     * @param log File for what it complains about.
     */
    startClient(main: string, args: readonly string[], log: string): ChildProcess {
        const file = openSync(log, "w");
        const client = start(this.clientCommand(main, args), ["pipe", file, file]);
        closeSync(file);
        return client;
    }

    /** Starts a server. */
    startServer(
        main: string,
        args: readonly string[],
        options: readonly string[],
        stdio: StdioOptions,
    ): ChildProcess {
        return start(this.command(main, args, options), stdio);
    }

    private clientCommand(main: string, args: readonly string[]): string[] {
        return withLabDns(this.directory, this.command(main, args, CLIENT_OPTIONS));
    }

    private command(main: string, args: readonly string[], options: readonly string[]): string[] {
        const classpath = `${join(labKafkaLibs(), "*")}:${this.classes}`;
        // A process that is killed can't end what it has started.
        const withParent = ["setpriv", "--pdeathsig", "KILL", "--"];
        return [...withParent, "java", ...options, "-cp", classpath, main, ...args];
    }

    private get classes(): string {
        return join(this.directory, "classes");
    }
}

function start([command, ...args]: readonly string[], stdio: StdioOptions): ChildProcess {
    return spawn(command!, args, { stdio });
}

/** Waits until a process has ended and returns its exit code; `null` if a signal ended it. */
export async function ended(child: ChildProcess): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
        await once(child, "close");
    }
    return child.exitCode;
}
