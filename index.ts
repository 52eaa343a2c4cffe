import { deployStack } from "./program/deploy";

export = deployStack();
