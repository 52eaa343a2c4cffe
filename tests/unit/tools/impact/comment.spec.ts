import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { commentBody, marker, publishComment } from "../../../../tools/impact/comment";
import { runImpact } from "../../../../tools/impact/run";

const RUN = "https://github.example/o/r/actions/runs/7";
const BOT = { login: "github-actions[bot]" };

describe("The comment at a pull request", () => {
    it("says what happens to Kafka, and has the diff folded below it", () => {
        const body = commentBody({
            stack: "dev",
            impact: "**Kafka: nothing**\n",
            diff: "~ a\n+ b\n",
            run: RUN,
        });
        assert.equal(
            body,
            [
                "<!-- kafka-eks preview of dev -->",
                "### Stack `dev`",
                "",
                "**Kafka: nothing**",
                "",
                "<details><summary>Pulumi's diff</summary>",
                "",
                "```diff",
                "~ a",
                "+ b",
                "```",
                "",
                "</details>",
                "",
                `[The run](${RUN})`,
                "",
            ].join("\n"),
        );
    });

    it("says how to let a change pass that fails the check", () => {
        const body = commentBody({ stack: "dev", impact: "**Kafka**", refused: true, run: RUN });
        assert.match(body, /- cluster-stops: `kafka: cluster stops allowed`/);
        assert.match(body, /- data-may-be-lost: `kafka: data loss allowed`/);
        assert.match(body, /- clients-cut-off: `kafka: clients cut off allowed`/);
        assert.match(body, /- cluster-opens: `kafka: opening allowed`/);
    });

    it("shows the errors of a preview that failed, and no label that would let it pass", () => {
        const preview = readFileSync(join(__dirname, "previews/failed.json"), "utf8");
        const { stdout } = runImpact(
            { action: "assess", format: "markdown", allowed: [], strict: false },
            preview,
            { colors: false },
        );
        const body = commentBody({ stack: "prod", impact: stdout, run: RUN });
        assert.match(
            body,
            /^<!-- .*prod -->\n### Stack `prod`\n\n\*\*The preview failed: 3 errors\*\*\n\n```\nPreview failed: resource/,
        );
        assert.match(body, /PersistentVolumeClaim "data-kafka-0" is invalid: spec: Forbidden/);
        assert.match(
            body,
            /\*\*Kafka: judged as far as it got: data-may-be-lost: volume of broker/,
        );
        assert.doesNotMatch(body, /label/);
    });

    it("says that there is no preview", () => {
        const body = commentBody({ stack: "dev", run: RUN });
        assert.match(body, /\*\*There is no preview: it failed\.\*\*/);
        assert.doesNotMatch(body, /details/);
    });

    it("keeps within GitHub's limit, at the diff's expense", () => {
        const impact = "i".repeat(10_000);
        const body = commentBody({ stack: "dev", impact, diff: "d".repeat(100_000), run: RUN });
        assert.ok(body.length <= 65_536 && body.length > 60_000, `${body.length}`);
        assert.ok(body.includes(impact));
        assert.match(body, /d\n… cut here: too long for a comment\n```\n\n<\/details>/);
        const both = commentBody({
            stack: "dev",
            impact: "i".repeat(100_000),
            diff: "d".repeat(100_000),
            run: RUN,
        });
        assert.ok(both.length <= 65_536, `${both.length}`);
    });

    it("keeps fences in values from ending the diff", () => {
        const body = commentBody({ stack: "dev", impact: "", diff: "````yaml", run: RUN });
        assert.match(body, /^`````diff\n````yaml\n`````$/m);
    });
});

describe("Publishing a comment", () => {
    const requests: { call: string; token: string | undefined; body: string }[] = [];
    let comments: object[];
    let server: Server;
    let api: string;

    before(async () => {
        server = createServer((request, response) => {
            void text(request).then((body) => {
                const call = `${request.method} ${request.url}`;
                requests.push({ call, token: request.headers.authorization, body });
                const page = Number(/&page=(\d+)/.exec(request.url!)?.[1] ?? 0);
                response.statusCode = request.url!.includes("/issues/404/") ? 404 : 200;
                response.end(JSON.stringify(comments.slice((page - 1) * 100, page * 100)));
            });
        });
        await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
        api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });

    beforeEach(() => {
        requests.length = 0;
        comments = [];
    });

    after(() => server.close());

    const publish = (stack: string, number = 12) =>
        publishComment({ api, repository: "o/r", number, token: "secret" }, stack, "text");
    const list = (page: number) => `GET /repos/o/r/issues/12/comments?per_page=100&page=${page}`;

    it("writes one where there is none", async () => {
        comments = [
            { id: 1, body: "a word of someone", user: { login: "someone" } },
            { id: 2, body: `${marker("dev")}\nnot the workflow's`, user: { login: "someone" } },
            { id: 3, body: `${marker("prod")}\nof another stack`, user: BOT },
        ];
        await publish("dev");
        assert.deepEqual(requests, [
            { call: list(1), token: "Bearer secret", body: "" },
            {
                call: "POST /repos/o/r/issues/12/comments",
                token: "Bearer secret",
                body: JSON.stringify({ body: "text" }),
            },
        ]);
    });

    it("changes the one that is there, on whatever page", async () => {
        comments = [
            ...Array.from({ length: 100 }, (_, id) => ({ id, body: "more", user: BOT })),
            { id: 777, body: `${marker("dev")}\nof before`, user: BOT },
        ];
        await publish("dev");
        assert.deepEqual(
            requests.map(({ call }) => call),
            [list(1), list(2), "PATCH /repos/o/r/issues/comments/777"],
        );
    });

    it("fails with GitHub's answer", async () => {
        await assert.rejects(publish("dev", 404), /^Error: GET issues\/404\/comments.*: 404 \[\]$/);
    });
});
