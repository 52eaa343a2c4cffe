import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import * as automation from "@pulumi/pulumi/automation/server";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import type { Engine } from "../../lab/pulumi/find";
import { program } from "../../lab/pulumi/program";
import { findOnPath } from "../../lab/onPath";

// Exported, and left out of the SDK's types.
const { LanguageServer } = automation as unknown as {
    LanguageServer: new (run: typeof program) => UntypedServiceImplementation;
};

/** The commands of Pulumi's CLI that run the program. */
const RUNNING = "up|preview|refresh|destroy";

/**
 * Runs commands as a user does, where Pulumi needs no language host: its CLI runs the program of this process, as the
 * Automation API has it do.
 */
export class PulumiShell {
    private constructor(
        private readonly server: Server,
        private readonly path: string,
    ) {}

    /** @param directory For the CLI that the commands find. */
    static async open({ pulumi, path }: Engine, directory: string): Promise<PulumiShell> {
        const server = new Server();
        server.addService(LanguageRuntimeService, new LanguageServer(program));
        const port = await new Promise<number>((resolve, reject) => {
            const credentials = ServerCredentials.createInsecure();
            server.bindAsync("127.0.0.1:0", credentials, (error, bound) =>
                error === null ? resolve(bound) : reject(error),
            );
        });
        const programs = join(directory, "bin");
        const command = join(programs, "pulumi");
        const cli = findOnPath(pulumi.command, path) ?? pulumi.command;
        mkdirSync(programs);
        writeFileSync(
            command,
            `#!/bin/bash
case $1 in ${RUNNING}) set -- "$@" --client=127.0.0.1:${port} ;; esac
exec "${cli}" "$@"
`,
        );
        chmodSync(command, 0o755);
        return new PulumiShell(server, `${programs}${delimiter}${path}`);
    }

    /**
     * Runs a command and returns what it printed to stdout.
     *
     * @throws Error with what it printed, when it fails.
     */
    run(
        command: string,
        args: readonly string[],
        { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
    ): Promise<string> {
        const options = {
            cwd,
            env: { ...process.env, ...env, PATH: this.path },
            maxBuffer: 2 ** 26,
        };
        return new Promise((resolve, reject) => {
            execFile(command, args, options, (error, stdout, stderr) =>
                error === null ? resolve(stdout) : reject(new Error(`${stdout}\n${stderr}`)),
            );
        });
    }

    close(): void {
        this.server.forceShutdown();
    }
}
