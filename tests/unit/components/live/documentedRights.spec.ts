import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as strimziObjects from "../../../../components/kafka/strimziObjects";
import * as objects from "../../../../components/live/objects";
import { STRIMZI_TOPIC } from "../../../../components/strimzi/minIsrCheck";

const OPERATIONS = join(__dirname, "../../../../docs/operations.md");

/** As Kubernetes names the objects of these kinds in permissions. */
function resourcesOf(values: readonly unknown[]): string[] {
    return values
        .filter((value) => typeof value === "object")
        .map((value) => `${(value as objects.Kind).kind.toLowerCase()}s`.replace(/ys$/, "ies"));
}

describe("what up asks the cluster", () => {
    it("is in docs/operations.md with all kinds", () => {
        const [, rest] = readFileSync(OPERATIONS, "utf8").split(
            "### What `up` and a preview ask the cluster\n",
        );
        const [section] = rest!.split("\n### ");
        const documented = [...section!.matchAll(/^\| `([a-z/]+)`/gm)].map(([, name]) => name!);
        const kinds = [...Object.values(objects), ...Object.values(strimziObjects), STRIMZI_TOPIC];
        assert.deepEqual(documented.sort(), [...resourcesOf(kinds), "pods/log"].sort());
    });
});
