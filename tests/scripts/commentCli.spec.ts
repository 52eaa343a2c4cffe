import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { REPOSITORY } from "../../tools/cli/repository";
import { commentBody } from "../../tools/impact/comment";

const RUN = "https://github.example/o/r/actions/runs/7";

describe("npm run comment", () => {
    const bodies: string[] = [];
    let server: Server;
    let api: string;

    before(async () => {
        server = createServer((request, response) => {
            void text(request).then((body) => {
                bodies.push(body);
                response.end("[]");
            });
        });
        await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
        api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });

    after(() => server.close());

    it("publishes a comment, and says what is not set", async () => {
        const directory = mkdtempSync(join(tmpdir(), "comment-"));
        const impact = join(directory, "impact.md");
        writeFileSync(impact, "**Kafka: nothing**\n");
        const run = promisify(execFile);
        const cli = [
            "--require",
            join(REPOSITORY, "load.cjs"),
            join(REPOSITORY, "tools/impact/commentCli.ts"),
        ];
        const args = ["--stack", "dev", "--pull-request", "12", "--impact", impact];
        const env = {
            PATH: process.env.PATH,
            GITHUB_API_URL: api,
            GITHUB_SERVER_URL: "https://github.example",
            GITHUB_REPOSITORY: "o/r",
            GITHUB_RUN_ID: "7",
        };
        const missing = join(directory, "missing.txt");
        await run(process.execPath, [...cli, ...args, "--diff", missing], {
            env: { ...env, GITHUB_TOKEN: "secret" },
        });
        assert.deepEqual(JSON.parse(bodies.at(-1)!), {
            body: commentBody({ stack: "dev", impact: "**Kafka: nothing**", run: RUN }),
        });
        await assert.rejects(
            run(process.execPath, [...cli, ...args], { env }),
            ({ stderr }: { stderr: string }) =>
                /^error: GITHUB_TOKEN is not set\. Next: .*\n$/.test(stderr),
        );
        rmSync(directory, { recursive: true });
    });
});
