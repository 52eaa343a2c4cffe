import assert from "node:assert/strict";
import {
    hashedJob,
    type HashedJobArgs,
    type JobArgs,
    jobMetadata,
    questionJob,
} from "../../../../components/statefulset/jobs";
import { itHasNoPermissions, onlyContainerOf, type PodTemplate } from "../pods";

const ARGS: JobArgs = {
    name: "kafka-check",
    container: "check",
    image: "kafka:1",
    script: "true",
    env: { BROKERS: "3" },
    memory: "256Mi",
};
const SECRET = {
    volumes: [{ name: "secrets", secret: { secretName: "kafka-user-alice" } }],
    volumeMounts: [{ name: "secrets", mountPath: "/etc/secrets", readOnly: true }],
};

function templateOf(args: Partial<JobArgs> = {}): PodTemplate {
    return hashedJob({ ...ARGS, ...args }).spec.template as unknown as PodTemplate;
}

const containerOf = (args?: Partial<JobArgs>) => onlyContainerOf(templateOf(args).spec);

describe("Job in the cluster", () => {
    itHasNoPermissions(() => templateOf().spec);

    it("runs once: what failed fails the update", () => {
        assert.equal(hashedJob(ARGS).spec.backoffLimit, 0);
        assert.equal(templateOf().spec.restartPolicy, "Never");
    });

    it("runs again with the next update where it failed", () => {
        assert.deepEqual(jobMetadata("kafka-check-0123", "kafka", "streams"), {
            name: "kafka-check-0123",
            namespace: "streams",
            labels: {
                "app.kubernetes.io/name": "kafka",
                "app.kubernetes.io/part-of": "kafka-eks",
                "app.kubernetes.io/managed-by": "pulumi",
            },
            annotations: { "pulumi.com/replaceUnready": "true" },
        });
    });

    it("has no label of the servers: their Services would lead to it", () => {
        assert.deepEqual(templateOf().metadata.labels, { "app.kubernetes.io/name": "kafka-check" });
    });

    it("runs a script with variables, in one container", () => {
        const { name, image, command, env } = containerOf();
        assert.deepEqual([name, image], ["check", "kafka:1"]);
        assert.deepEqual(command, ["bash", "-c", "true"]);
        assert.deepEqual(env, [{ name: "BROKERS", value: "3" }]);
    });

    it("says in the pod's status why it failed", () => {
        assert.equal(containerOf().terminationMessagePolicy, "FallbackToLogsOnError");
    });

    it("gets the memory that it asked for, and disk for a log", () => {
        assert.deepEqual(containerOf().resources, {
            requests: { cpu: "50m", memory: "256Mi", "ephemeral-storage": "100Mi" },
            limits: { memory: "256Mi", "ephemeral-storage": "100Mi" },
        });
    });

    it("has the files that are mounted, and otherwise none", () => {
        assert.equal(templateOf().spec.volumes, undefined);
        assert.equal(containerOf().volumeMounts, undefined);
        const mounts = [SECRET];
        assert.deepEqual(templateOf({ mounts }).spec.volumes, SECRET.volumes);
        assert.deepEqual(containerOf({ mounts }).volumeMounts, SECRET.volumeMounts);
    });

    it("gets another name each time where it only asks", () => {
        assert.deepEqual(questionJob(ARGS, "zookeeper", "streams"), {
            apiVersion: "batch/v1",
            kind: "Job",
            metadata: {
                generateName: "kafka-check-",
                namespace: "streams",
                labels: {
                    "app.kubernetes.io/name": "zookeeper",
                    "app.kubernetes.io/part-of": "kafka-eks",
                    "app.kubernetes.io/managed-by": "pulumi",
                },
            },
            spec: hashedJob(ARGS).spec,
        });
    });

    it("is another one for everything that it does otherwise, and only then", () => {
        const nameOf = (args: Partial<HashedJobArgs> = {}) => hashedJob({ ...ARGS, ...args }).name;
        assert.match(nameOf(), /^kafka-check-[0-9a-f]{8}$/);
        assert.equal(nameOf(), nameOf());
        const names = [
            nameOf(),
            nameOf({ image: "kafka:2" }),
            nameOf({ script: "false" }),
            nameOf({ env: { BROKERS: "4" } }),
            nameOf({ mounts: [SECRET] }),
            nameOf({ memory: "512Mi" }),
            nameOf({ content: ["what it answers for"] }),
        ];
        assert.equal(new Set(names).size, names.length);
    });
});
