import { loadConfig } from "../../../../config";
import type { StackConfig } from "../../../../config/stackConfig";
import { readStackConfig } from "../../../../tools/cli/stackFile";
import type { EksStack } from "../../../../tools/cost/eksItems";
import type { CostItem } from "../../../../tools/cost/item";
import { stackValues } from "../../../support/mocks";
import { REPOSITORY } from "../../../../tools/cli/repository";

/** Directory of the stack files. */
/** What the stack `dev` has to be given before it is complete. */
export const DEV_EKS = { environment: "dev", publicAccessCidrs: [] };

/** Keys of a stack, without the project's prefix. */
export type Keys = Readonly<Record<string, unknown>>;

/** The smallest stack on EKS: no logs, no load balancers. */
export function eksStack(keys: Keys = {}, eks: Keys = {}, region = "us-east-1"): EksStack {
    const listeners = [{ name: "internal", port: 9092, type: "internal" }];
    const values = stackValues({ listeners, ...keys, eks: { ...DEV_EKS, ...eks } });
    return withEks(loadConfig({ ...values, "aws:region": region }));
}

/** The stack of a file of the repository. */
export function fileStack(stack: string, keys: Keys = {}): EksStack {
    return withEks(loadConfig(readStackConfig(REPOSITORY, stack, stackValues(keys))));
}

function withEks(config: StackConfig): EksStack {
    return { config, eks: config.eks! };
}

/** Positions of a bill as they are printed: what, how much and dollars. */
export function bill(items: readonly CostItem[]): (string | number)[][] {
    return items.map(({ what, amount, usd }) => [what, amount, usd]);
}
