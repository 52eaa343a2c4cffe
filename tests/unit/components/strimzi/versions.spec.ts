import assert from "node:assert/strict";
import { compareVersions } from "../../../../components/kafka/versions";
import {
    DEFAULT_METADATA_LINE,
    DEFAULT_STRIMZI,
    newestKafka,
    STRIMZI_RELEASES,
    StrimziVersion,
} from "../../../../components/strimzi/versions";

describe("releases of Strimzi", () => {
    it("run Kafka versions in their order, each with the default metadata version", () => {
        for (const [release, { kafka }] of Object.entries(STRIMZI_RELEASES)) {
            const sorted = [...kafka].sort(compareVersions);
            assert.deepEqual(kafka, sorted);
            assert.equal(newestKafka(release as StrimziVersion), sorted.at(-1));
            assert.ok(compareVersions(DEFAULT_METADATA_LINE, sorted[0]!) <= 0);
        }
    });

    it("are the newest by default", () => {
        const newest = Object.keys(STRIMZI_RELEASES).sort(compareVersions).at(-1);
        assert.equal(DEFAULT_STRIMZI, newest);
    });
});
