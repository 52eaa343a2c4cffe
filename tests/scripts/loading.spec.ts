import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { REPOSITORY } from "../../tools/cli/repository";

/** Prints the packages that modules of the repository load, with what they load in turn. */
const PRINT_PACKAGES = `
    process.argv.slice(1).forEach((module) => require("./" + module));
    const packages = Object.keys(require.cache).map((path) => path.split("/node_modules/")[1]);
    console.log(JSON.stringify(packages.filter(Boolean).map((path) => path.match(/^(@[^/]+.)?[^/]+/)[0])));
`;

/** The packages that are loaded with modules of the repository. */
function packagesOf(...modules: readonly string[]): string[] {
    const args = ["--require", "./load.cjs", "--eval", PRINT_PACKAGES, ...modules];
    const printed = execFileSync(process.execPath, args, { cwd: REPOSITORY, encoding: "utf8" });
    return [...new Set(JSON.parse(printed) as string[])];
}

// Each of these is a second or more before a command does anything, --help included.
describe("what commands load that only read", () => {
    it("has nothing of Pulumi, of Kafka's client and of that of Kubernetes", () => {
        const packages = packagesOf(
            "config",
            "tools/cost/run",
            "tools/cost/options",
            "tools/impact/run",
            "tools/impact/options",
            "tools/render/options",
            "tools/preflight/options",
            "tools/client/options",
            "tools/health/options",
        );
        assert.ok(packages.includes("zod") && packages.includes("commander"), packages.join());
        const heavy = packages.filter((name) => /^(@pulumi|@grpc|@kubernetes|kafkajs)/.test(name));
        assert.deepEqual(heavy, []);
    });
});

describe("what the program loads before it knows the platform", () => {
    it("has nothing of AWS, and nothing of npm", function () {
        // Pulumi's SDK takes a second of the processor, and a busy machine many times as long.
        this.timeout(120_000);
        const packages = packagesOf("program/deploy");
        assert.ok(packages.includes("@pulumi/kubernetes"), packages.join());
        assert.deepEqual(
            packages.filter((name) => /^@(pulumi.(aws|eks)|npmcli)/.test(name)),
            [],
        );
    });
});
