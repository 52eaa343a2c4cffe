import assert from "node:assert/strict";
import {
    heapOptions,
    heapSizes,
    jvmFlags,
    performanceOptions,
} from "../../../../components/kafka/jvmOptions";

const RESOURCES = { requests: { cpu: "1", memory: "2Gi" }, limits: { memory: "2Gi" } };

const DEFAULTS =
    "-XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35 " +
    "-XX:+ExplicitGCInvokesConcurrent -XX:MaxInlineLevel=15";

describe("options of the JVM", () => {
    it("are the heap that the memory limit gives, unless a size is given", () => {
        assert.deepEqual(heapSizes(RESOURCES), { "-Xms": "1024m", "-Xmx": "1024m" });
        assert.equal(heapOptions(RESOURCES, { "-Xmx": "1g" }), "-Xms1g -Xmx1g");
        assert.equal(heapOptions(RESOURCES, { "-Xms": "1m" }), "-Xms1m -Xmx1024m");
        assert.equal(heapOptions(RESOURCES, { "-Xms": "1m", "-Xmx": "2g" }), "-Xms1m -Xmx2g");
    });

    it("are left to Kafka where a stack has no flags and no properties", () => {
        assert.equal(jvmFlags(), undefined);
        assert.equal(performanceOptions(), undefined);
        assert.equal(
            performanceOptions({ "-Xmx": "1g", "-XX": {}, javaSystemProperties: [] }),
            undefined,
        );
    });

    it("are Kafka's own flags and those of the stack, which win", () => {
        assert.deepEqual(jvmFlags({ "-XX": { MaxGCPauseMillis: "50", AlwaysPreTouch: "true" } }), {
            UseG1GC: "true",
            MaxGCPauseMillis: "50",
            InitiatingHeapOccupancyPercent: "35",
            ExplicitGCInvokesConcurrent: "true",
            MaxInlineLevel: "15",
            AlwaysPreTouch: "true",
        });
    });

    it("choose one garbage collector", () => {
        const names = (flags: Record<string, string>) =>
            Object.keys(jvmFlags({ "-XX": flags })!).filter((flag) => flag.endsWith("GC"));
        assert.deepEqual(names({ UseZGC: "true" }), ["UseZGC"]);
        assert.deepEqual(names({ UseZGC: "false" }), ["UseG1GC", "UseZGC"]);
    });

    it("are written as Kafka's start scripts take them", () => {
        assert.equal(
            performanceOptions({ "-XX": { UseG1GC: "false" } }),
            `-server -XX:-UseG1GC ${DEFAULTS} -Djava.awt.headless=true`,
        );
        assert.equal(
            performanceOptions({
                javaSystemProperties: [
                    { name: "a", value: "b" },
                    { name: "c", value: "" },
                ],
            }),
            `-server -XX:+UseG1GC ${DEFAULTS} -Djava.awt.headless=true -Da=b -Dc=`,
        );
    });
});
