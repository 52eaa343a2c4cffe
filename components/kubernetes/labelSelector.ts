import type { V1LabelSelector } from "@kubernetes/client-node";

/** Whether a selector selects an object with these labels, as Kubernetes decides; an empty one selects all. */
export function selects(
    { matchLabels = {}, matchExpressions = [] }: V1LabelSelector,
    labels: Readonly<Record<string, string>>,
): boolean {
    return (
        Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
        matchExpressions.every(({ key, operator, values = [] }) => {
            const value = labels[key];
            switch (operator) {
                case "In":
                    return value !== undefined && values.includes(value);
                case "NotIn":
                    return value === undefined || !values.includes(value);
                case "Exists":
                    return value !== undefined;
                default:
                    return value === undefined;
            }
        })
    );
}
