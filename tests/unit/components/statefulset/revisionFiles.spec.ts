import assert from "node:assert/strict";
import { type Files, revisionFiles } from "../../../../components/statefulset/revisionFiles";
import { valueOf } from "../../../support/mocks";

const FILES: Files = { "server.properties": "a=b\n", "start-kafka.sh": "exec kafka\n" };

async function nameOf(files: Files): Promise<string> {
    const name = await valueOf(revisionFiles("kafka", "kafka-config", files).name);
    assert.match(name!, /^kafka-config-[0-9a-f]{16}$/);
    return name!;
}

describe("the files of a revision", () => {
    it("are what they were told to be, and say whose they are", async () => {
        const { data, labels } = revisionFiles("zookeeper", "zookeeper-config", FILES);
        assert.deepEqual(await valueOf(data), FILES);
        assert.deepEqual(labels, { "kafka-eks/files-of": "zookeeper" });
    });

    it("have the same name in any order", async () => {
        const reversed = Object.fromEntries(Object.entries(FILES).reverse());
        assert.equal(await nameOf(reversed), await nameOf(FILES));
    });

    it("have another name for another text, another file and one that is gone", async () => {
        const { "server.properties": properties, "start-kafka.sh": script } = FILES;
        const names = await Promise.all(
            [
                FILES,
                { ...FILES, "server.properties": "a=c\n" },
                { ...FILES, "log4j.properties": "" },
                { "server.properties": properties! },
                // The same two texts, the other way round.
                { "server.properties": script!, "start-kafka.sh": properties! },
            ].map(nameOf),
        );
        assert.equal(new Set(names).size, names.length);
    });
});
