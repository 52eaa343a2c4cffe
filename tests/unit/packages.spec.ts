import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../tools/cli/repository";

type Versions = Readonly<Record<string, string>>;

interface Manifest {
    readonly dependencies: Versions;
    readonly devDependencies?: Versions;
    readonly overrides?: Versions;
}

const read = (...path: readonly string[]) =>
    JSON.parse(readFileSync(join(REPOSITORY, ...path, "package.json"), "utf8")) as Manifest;

describe("the packages", () => {
    const [all, eks] = [read(), read("components", "eks")];

    it("of AWS are pinned in the whole tree, and no dependencies of other stacks", () => {
        assert.deepEqual(all.overrides, eks.dependencies);
        assert.deepEqual(Object.keys(eks.dependencies), ["@pulumi/aws", "@pulumi/eks"]);
        const others = { ...all.dependencies, ...all.devDependencies };
        assert.deepEqual(
            Object.keys(eks.dependencies).filter((name) => name in others),
            [],
        );
    });

    it("are pinned exactly", () => {
        const versions = [all.dependencies, all.devDependencies!, eks.dependencies].flatMap(
            Object.values,
        );
        assert.deepEqual(
            versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(String(version))),
            [],
        );
    });
});
