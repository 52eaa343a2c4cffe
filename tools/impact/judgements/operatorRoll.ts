import type { Restart } from "../finding";
import type { Context } from "../judgement";

/** How the Strimzi operator restarts nodes. */
export const OPERATOR_ROLL =
    "the operator restarts the nodes one by one, no partition below its min ISR";

/** The brokers, restarted by the operator. */
export function brokersRestart({ brokers }: Context): Restart {
    return { of: "brokers", count: brokers, by: "operator" };
}

/** All nodes, restarted by the operator. */
export function allRestart(context: Context): readonly Restart[] {
    return [
        brokersRestart(context),
        { of: "controllers", count: context.controllers, by: "operator" },
    ];
}
