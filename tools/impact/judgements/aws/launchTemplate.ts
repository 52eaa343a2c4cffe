import { judgePart } from "../part";

/** Judges the template that all nodes are made from. */
export const judgeLaunchTemplate = judgePart({
    subject: "template of the nodes",
    gone: { what: "no node can be made anew", severity: "cluster-stops" },
    replaced: { what: "the groups of nodes are replaced with it", severity: "rolling-restart" },
    fields: {
        description: undefined,
        updateDefaultVersion: undefined,
        ...Object.fromEntries(
            // The tags of the instances belong to the template; another tag is another template.
            ["metadataOptions", "blockDeviceMappings", "tagSpecifications"].map((field) => [
                field,
                {
                    what: "a new version of the template: EKS replaces all nodes, one at a time in each group",
                    severity: "rolling-restart" as const,
                },
            ]),
        ),
    },
});
