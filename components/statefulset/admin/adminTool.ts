import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contentHash } from "../../kubernetes/files";
import { objectLabels } from "../../kubernetes/labels";
import { FILES_OF } from "../revisionFiles";
import { readScript } from "../scripts";

/** Script of a Job that prints what the running Kafka says of itself. */
export const FACTS_SCRIPT = readScript("admin/kafka-facts.sh");

const JAR = "kafka-admin.jar";

/** Arguments of {@link AdminTool}. */
export interface AdminToolArgs {
    readonly namespace: string;
    /** Provider that takes back what an earlier `destroy` left. */
    readonly dataProvider: k8s.Provider;
}

/**
 * The ConfigMap with the program that asks Kafka for its state. Kafka's own tools load the configuration of every topic,
 * which takes minutes with thousands of partitions.
 */
export class AdminTool extends pulumi.ComponentResource {
    /** Name of the ConfigMap. */
    readonly configMap: pulumi.Output<string>;

    constructor(name: string, args: AdminToolArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:AdminTool", name, {}, opts);
        const jar = readFileSync(join(__dirname, JAR)).toString("base64");
        const configMap = new k8s.core.v1.ConfigMap(
            `${name}-admin`,
            {
                metadata: {
                    namespace: args.namespace,
                    name: `kafka-admin-${contentHash(jar)}`,
                    labels: { ...objectLabels("kafka"), [FILES_OF]: "kafka" },
                },
                immutable: true,
                binaryData: { [JAR]: jar },
            },
            // Pods of an earlier revision go on with theirs.
            { parent: this, provider: args.dataProvider, retainOnDelete: true },
        );
        this.configMap = configMap.metadata.name;
        this.registerOutputs();
    }
}
