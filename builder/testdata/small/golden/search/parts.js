siteIndex.add("parts",{"pages":"pages.60be3010","text-0":"text-0.4ed41c70"});
