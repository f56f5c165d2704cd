-- Indexes on what is filtered and joined by.

CREATE INDEX "sessions_userId_idx" ON public.sessions("userId");
CREATE INDEX "events_userId_timestamp_idx" ON public.events("userId", "timestamp");
CREATE INDEX "events_filePath_idx" ON public.events("filePath");
CREATE INDEX "patterns_userId_idx" ON public.patterns("userId");
CREATE INDEX "relationships_userId_idx" ON public.relationships("userId");
CREATE INDEX "organizations_ownerId_idx" ON public.organizations("ownerId");
CREATE INDEX "organization_members_userId_idx" ON public.organization_members("userId");
CREATE INDEX "organization_members_invitedById_idx" ON public.organization_members("invitedById");
CREATE INDEX "workflows_userId_idx" ON public.workflows("userId");
CREATE INDEX "workflows_organizationId_idx" ON public.workflows("organizationId");
CREATE INDEX "workflows_isActive_idx" ON public.workflows("isActive");
CREATE INDEX "workflow_versions_createdById_idx" ON public.workflow_versions("createdById");
CREATE INDEX "offers_isActive_idx" ON public.offers("isActive");
CREATE INDEX "subscriptions_userId_idx" ON public.subscriptions("userId");
CREATE INDEX "subscriptions_offerId_idx" ON public.subscriptions("offerId");
CREATE INDEX subscriptions_status_idx ON public.subscriptions(status);
