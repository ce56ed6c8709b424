import { memoryStore } from '../../store/memory/memory-store.ts';
import { longPastsContract } from './long-pasts.contract.ts';

longPastsContract(async () => memoryStore(), 60);
